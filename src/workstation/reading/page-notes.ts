import type { ByteSource } from './byte-source.ts'
import { declaredRange } from './declared-range.ts'
import { pixelSizeOf } from './pixel-size.ts'
import type { PngStructure } from './png-structure.ts'
import { readTiffNotes } from './tiff-notes.ts'
import type { TiffStructure } from './tiff-structure.ts'

/** What a page says about its pixels beside them; null where it does not. */
export interface PageNotes {
  /** Side of a pixel in µm. */
  readonly pixelSize: number | null
  /** The largest count that the camera can give. */
  readonly range: number | null
}

export const NO_NOTES: PageNotes = { pixelSize: null, range: null }

/** The notes of a page. OME-TIFF describes all its pages at the first. */
export async function readPageNotes(
  source: ByteSource,
  structure: TiffStructure | PngStructure,
  page: number,
): Promise<PageNotes> {
  if (structure.format === 'png') return NO_NOTES
  const own = structure.pages[page]!
  const notes = await readTiffNotes(source, own, own.notes)
  if (page === 0 || notes.description !== '') return notesOf(notes)
  const first = structure.pages[0]!
  const { description } = await readTiffNotes(source, first, first.notes)
  return notesOf({ ...notes, description })
}

function notesOf(notes: Parameters<typeof pixelSizeOf>[0]): PageNotes {
  return { pixelSize: pixelSizeOf(notes), range: declaredRange(notes) }
}
