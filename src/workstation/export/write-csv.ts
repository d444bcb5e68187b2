import { stringify } from 'csv-stringify'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export type CsvRow = Readonly<Record<string, string | number | null>>

/** Writes rows as CSV; a value that is null or missing is an empty cell. */
export async function writeCsv(
  path: string,
  columns: readonly string[],
  rows: Iterable<CsvRow> | AsyncIterable<CsvRow>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await pipeline(
    Readable.from(rows),
    stringify({ header: true, columns: [...columns] }),
    createWriteStream(path),
  )
}
