import { readFile } from 'node:fs/promises'
import { parquetMetadata, parquetRead, parquetSchema, type FileMetaData } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import type { ObjectTable } from '#core/measure/object-table.ts'

/** The rows of a field's objects as Parquet, one column a measure. The same rows give the same bytes. */
export function encodeObjects({ columns }: ObjectTable): Uint8Array {
  const columnData = columns.map(({ name, values }) => ({
    name,
    data: values,
    type: 'DOUBLE' as const,
  }))
  return new Uint8Array(parquetWriteBuffer({ columnData }))
}

/** Names of the columns that `encodeObjects` wrote, without reading a row. */
export async function readObjectNames(path: string): Promise<readonly string[]> {
  return columnNames(parquetMetadata(await readWhole(path)))
}

/** Reads rows that `encodeObjects` wrote. */
export async function readObjects(path: string): Promise<ObjectTable> {
  const file = await readWhole(path)
  const metadata = parquetMetadata(file)
  const count = Number(metadata.num_rows)
  const columns = columnNames(metadata).map(name => ({ name, values: new Float64Array(count) }))
  const values = new Map(columns.map(column => [column.name, column.values]))
  await parquetRead({
    file,
    metadata,
    onChunk: ({ columnName, columnData, rowStart }) => {
      values.get(columnName)!.set(columnData as ArrayLike<number>, rowStart)
    },
  })
  return { count, columns }
}

async function readWhole(path: string): Promise<ArrayBuffer> {
  const bytes = await readFile(path)
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
}

function columnNames(metadata: FileMetaData): readonly string[] {
  return parquetSchema(metadata).children.map(({ element }) => element.name)
}
