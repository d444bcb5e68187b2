import { fail, ok, type Result } from '#core/fault.ts'
import { fileSource, type ByteSource } from './byte-source.ts'
import { readStructure } from './image-format.ts'
import { withFile } from './open-file.ts'
import { readTiffNotes } from './tiff-notes.ts'

/** The ImageDescription of a page, as much of it as is read; empty where the page or the format has none. */
export function readDescription(path: string, page: number): Promise<Result<string>> {
  return withFile(path, null, ({ handle, size }) =>
    descriptionOf(fileSource(path, handle, size), page),
  )
}

export async function descriptionOf(source: ByteSource, page: number): Promise<Result<string>> {
  const { path } = source
  const structure = await readStructure(source)
  if (!structure.ok) return structure
  if (structure.value.format === 'png') return ok('')
  const described = structure.value.pages[page]
  if (described === undefined) {
    const detail = `page ${page + 1} of ${structure.value.pages.length}`
    return fail({ kind: 'image-unsupported', path, detail })
  }
  return ok((await readTiffNotes(source, described, described.notes)).description)
}
