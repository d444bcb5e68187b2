import { fail, ok, type Result } from '#core/fault.ts'
import { fileSource, type ByteSource } from './byte-source.ts'
import { PNG_SIGNATURE } from './png-structure.ts'
import { withFile } from './open-file.ts'
import { readDirectory } from './tiff-directory.ts'
import { readTiffDescription } from './tiff-notes.ts'
import { readTiffHeader } from './tiff-structure.ts'

/** OME-XML of a plate of 1536 wells with 25 fields has about 50 MB. */
const MOST_DESCRIPTION = 256 * 2 ** 20

/**
 * The ImageDescription of a page, whole; empty where the page or the format has none. Only the directories up to that
 * page are read, so that what stands at the beginning of a damaged or growing file is still found.
 */
export function readDescription(path: string, page: number): Promise<Result<string>> {
  return withFile(path, null, ({ handle, size }) =>
    descriptionOf(fileSource(path, handle, size), page),
  )
}

export async function descriptionOf(source: ByteSource, page: number): Promise<Result<string>> {
  const { path } = source
  if (await isPng(source)) return ok('')
  const header = await readTiffHeader(source)
  if (!header.ok) return header
  const { dialect, first } = header.value
  const visited = new Set<number>()
  for (let offset = first; ;) {
    if (offset === 0 || visited.has(offset)) {
      const detail = `page ${page + 1} of ${visited.size}`
      return fail({ kind: 'image-unsupported', path, detail })
    }
    const directory = await readDirectory(source, dialect, offset)
    if (!directory.ok) return directory
    const { entries, next } = directory.value
    if (visited.size === page)
      return ok(await readTiffDescription(source, entries, MOST_DESCRIPTION))
    visited.add(offset)
    offset = next
  }
}

async function isPng(source: ByteSource): Promise<boolean> {
  const start = await source.read(0, PNG_SIGNATURE.length)
  return (
    start.length > 0 && PNG_SIGNATURE.every((byte, i) => i >= start.length || start[i] === byte)
  )
}
