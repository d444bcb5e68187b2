import { csvText, type CsvCell } from '#core/csv-text.ts'
import { layoutColumns } from '#core/plate/layout-column.ts'
import type { Figures } from './figures.ts'
import { WELL_WORDS, wellLines, type WellLine } from './well-lines.ts'

/** Every well of the plates on screen with what the window shows of it: a row a well, wells that were not imaged too. */
export function platesCsv(figures: Figures): string {
  const { shown, value } = figures.headings
  const labels = layoutColumns(figures.plates.flatMap(({ plate }) => plate.details.layout))
  const heads = [
    'Plate',
    'Well',
    'Row',
    'Column',
    'State',
    'Images',
    'Expected',
    'Pass',
    'Fail',
    'CannotJudge',
    'Unreadable',
    'Waiting',
    'Reasons',
    'Objects',
    ...(value === null ? [] : [value]),
    ...(shown === null ? [] : [shown]),
    ...labels,
  ]
  const rows = figures.plates.flatMap(plate =>
    wellLines(plate).map(line => [
      plate.plate.details.summary.name,
      ...cellsOf(line),
      ...(value === null ? [] : [line.value]),
      ...(shown === null ? [] : [line.shown]),
      ...labels.map(name => line.labels[name] ?? (name === 'control' ? line.control : '')),
    ]),
  )
  return csvText([heads, ...rows])
}

function cellsOf(line: WellLine): CsvCell[] {
  const { states } = line
  return [
    line.well,
    line.row,
    line.column,
    // A word, so that a table can be read without Parfocal.
    WELL_WORDS[line.state].replaceAll(' ', '-'),
    line.here,
    line.expected,
    states.pass,
    states.fail,
    states['cannot-judge'],
    states.unreadable,
    states.waiting,
    line.reasons.map(({ text }) => text).join('; '),
    line.objects,
  ]
}
