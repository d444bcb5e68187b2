import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import type { FileAccess } from './file-access.ts'

/** A table with headings. */
export interface CsvTable {
  readonly headings: readonly string[]
  readonly rows: readonly CsvRow[]
}

export interface CsvRow {
  /** Where it ends in the file, counted from 1. */
  readonly line: number
  /** Trimmed, in the order of the headings; fewer where the row is short. */
  readonly cells: readonly string[]
}

/** A row of text about each image of two million, with a kilobyte each, is more than any instrument writes. */
const LARGEST = 512 * 2 ** 20
const MOST_ROWS = 2_000_000
/** Parsed before others have their turn. */
const CHUNK = 64 * 1024

/**
 * Reads a table as instruments and spreadsheets write it: separated by commas, semicolons or tabs, quoted or not.
 *
 * @param growing a last line without an end is one that is being written, and is left out
 */
export async function readCsvTable(
  access: Pick<FileAccess, 'readStart'>,
  path: string,
  growing = false,
): Promise<Result<CsvTable>> {
  const text = await readCsvText(access, path)
  if (!text.ok) return text
  const whole = growing ? text.value.slice(0, text.value.lastIndexOf('\n') + 1) : text.value
  return parseCsvTable(whole, path)
}

export async function readCsvText(
  { readStart }: Pick<FileAccess, 'readStart'>,
  path: string,
): Promise<Result<string>> {
  const start = await readStart(path, LARGEST)
  return start.ok ? ok(decode(start.value)) : start
}

export async function parseCsvTable(
  text: string,
  path: string,
): Promise<Result<CsvTable, FaultOf<'index-invalid'>>> {
  const invalid = (detail: string) => fail({ kind: 'index-invalid', path, detail })
  const parser = parse({
    bom: true,
    delimiter: separatorOf(text),
    info: true,
    max_record_size: 2 ** 20,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    trim: true,
  })
  let headings: readonly string[] | null = null
  const rows: CsvRow[] = []
  try {
    for await (const read of Readable.from(chunksOf(text)).pipe(parser)) {
      const { record, info } = read as { record: string[]; info: { lines: number } }
      if (headings === null) headings = record
      else if (rows.length === MOST_ROWS) return invalid(`it has more than ${MOST_ROWS} rows`)
      else rows.push({ line: info.lines, cells: record })
    }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    return invalid(cause.message)
  }
  return headings === null ? invalid('it has no headings') : ok({ headings, rows })
}

/** UTF-8, UTF-16 with its mark, or the code page of a Windows PC. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The character that separates the headings: the most frequent of the three outside quotes. */
function separatorOf(text: string): string {
  const headings = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '')
  const count = (separator: string): number => headings.split(separator).length
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best))
}

function* chunksOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; from += CHUNK) yield text.slice(from, from + CHUNK)
}
