import { csvText, type CsvCell } from '#core/csv-text.ts'
import { layoutColumns } from '#core/plate/layout-column.ts'
import { colouringTitle, type Figures } from './figures.ts'
import { hasScores, type Look } from './look.ts'
import { wellLines, type WellLine } from './well-lines.ts'

/** Every well of the plates on screen with what the window shows of it: a row a well, wells that were not imaged too. */
export function platesCsv(figures: Figures, look: Look): string {
  const numbers = look.colourBy.kind !== 'verdict'
  const scored = numbers && look.scores && hasScores(look)
  const labels = layoutColumns(figures.plates.flatMap(({ plate }) => plate.details.layout))
  const value = colouringTitle({ ...look, scores: false })
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
    ...(numbers ? [value] : []),
    ...(scored ? [`${value}, robust z`] : []),
    ...labels,
  ]
  const rows = figures.plates.flatMap(plate =>
    wellLines(plate).map(line => [
      plate.plate.details.summary.name,
      ...cellsOf(line),
      ...(numbers ? [line.value] : []),
      ...(scored ? [line.shown] : []),
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
    line.state,
    line.arrived,
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
