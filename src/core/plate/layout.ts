import { fail, ok, type FaultOf, type Result } from '../fault.ts'
import { parseRow, parseWell, rowName, wellName } from './well.ts'

/** What a platemap says about one well. */
export interface LayoutWell {
  /** `B03` */
  readonly well: string
  /** What the well is for: `positive`, `negative`, `sample`, … ; empty where the map says nothing. */
  readonly control: string
  /** The other columns of the map by their headings. */
  readonly labels: Readonly<Record<string, string>>
}

/** A line of a platemap as text: its number in the file, counted from 1, and its cells by heading. */
export interface LayoutLine {
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

/**
 * Reads a platemap. Wells come from a column `well`, or from `row` and `column`; what a well is for from a column
 * `control`, `control_type`, `type` or `role`; whatever else there is are labels. Headings may be in any case, and
 * with the `Metadata_` that CellProfiler and pycytominer write in front.
 */
export function readLayout(
  lines: readonly LayoutLine[],
): Result<readonly LayoutWell[], FaultOf<'layout-invalid'>> {
  const headings = Object.keys(lines[0]?.cells ?? {})
  const find = (...names: readonly string[]): string | undefined =>
    names
      .map(name => headings.find(heading => plain(heading) === name))
      .find(heading => heading !== undefined)
  const well = find('well', 'wellposition', 'wellname', 'wellid')
  const row = find('row', 'wellrow')
  const column = find('column', 'col', 'wellcolumn')
  const control = find('control', 'controltype', 'type', 'role')
  if (well === undefined && (row === undefined || column === undefined)) {
    const detail = lines.length === 0 ? 'no line below the headings' : 'no column "well"'
    return fail({ kind: 'layout-invalid', line: 1, detail })
  }
  const places = well === undefined ? [row, column] : [well]
  const labels = headings.filter(name => !places.includes(name) && name !== control)
  const lineOf = new Map<string, number>()
  const wells: LayoutWell[] = []
  for (const { line, cells } of lines) {
    const cell = (name: string | undefined): string =>
      name === undefined ? '' : (cells[name] ?? '').trim()
    const text =
      well === undefined ? `${rowLetters(cell(row))}${cell(column)}` : cell(well).replace(/\s/g, '')
    const place = parseWell(text)
    if (place === null) {
      return fail({ kind: 'layout-invalid', line, detail: `"${text}" is no well` })
    }
    const name = wellName(place)
    const before = lineOf.get(name)
    if (before !== undefined) {
      const detail = `${name} is on line ${before} already`
      return fail({ kind: 'layout-invalid', line, detail })
    }
    lineOf.set(name, line)
    wells.push({
      well: name,
      control: cell(control),
      labels: Object.fromEntries(labels.map(heading => [heading.trim(), cell(heading)])),
    })
  }
  return ok(wells)
}

/** Rows are letters, or numbers from 1 as some robots write them. */
function rowLetters(text: string): string {
  if (parseRow(text) !== null || !/^\d{1,2}$/.test(text)) return text
  return text === '0' || text === '00' ? text : rowName(Number(text) - 1)
}

function plain(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/^metadata_/, '')
    .replace(/[\s_-]/g, '')
}
