import { CsvError, parse } from 'csv-parse/sync'
import { fail, type FaultOf, type Result } from '#core/fault.ts'
import { readLayout, type LayoutLine, type LayoutWell } from '#core/plate/layout.ts'

/** Reads a platemap as spreadsheets write it: separated by commas, semicolons or tabs, quoted or not. */
export function parsePlatemap(
  text: string,
): Result<readonly LayoutWell[], FaultOf<'layout-invalid'>> {
  try {
    const records = parse(text, {
      bom: true,
      columns: true,
      delimiter: separatorOf(text),
      info: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    }) as unknown as { record: LayoutLine['cells']; info: { lines: number } }[]
    return readLayout(records.map(({ record, info }) => ({ line: info.lines, cells: record })))
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    return fail({ kind: 'layout-invalid', line: lineOf(cause), detail: cause.message })
  }
}

/** The character that separates the headings: the most frequent of the three outside quotes. */
function separatorOf(text: string): string {
  const headings = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '')
  const count = (separator: string): number => headings.split(separator).length
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best))
}

function lineOf(cause: CsvError): number {
  return typeof cause['lines'] === 'number' ? cause['lines'] : 1
}
