import type { ByteSource } from './byte-source.ts'
import { pixelSizeOf } from './pixel-size.ts'
import type { PngStructure } from './png-structure.ts'
import { readTiffNotes } from './tiff-notes.ts'
import type { TiffStructure } from './tiff-structure.ts'

/** Side of a page's pixel in µm; null where the file does not say. OME-TIFF describes all its pages at the first. */
export async function readPixelSize(
  source: ByteSource,
  structure: TiffStructure | PngStructure,
  page: number,
): Promise<number | null> {
  if (structure.format === 'png') return null
  const own = structure.pages[page]!
  const notes = await readTiffNotes(source, own, own.notes)
  if (page === 0 || notes.description !== '') return pixelSizeOf(notes)
  const first = structure.pages[0]!
  const { description } = await readTiffNotes(source, first, first.notes)
  return pixelSizeOf({ ...notes, description })
}
