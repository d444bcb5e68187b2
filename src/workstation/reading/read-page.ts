import { fail, ok, type Result } from '#core/fault.ts'
import { fileSource } from './byte-source.ts'
import { readStructure } from './image-format.ts'
import type { PageFile, ReadPage } from './image-reader.ts'
import { readArrayPage } from './open-array.ts'
import { isFolderFault, withFile } from './open-file.ts'
import { decodePage, isVersion } from './open-image.ts'
import { toRaster } from './intensities.ts'
import { readPageNotes } from './page-notes.ts'

export type { PageFile, ReadPage } from './image-reader.ts'

/**
 * Reads one page to be looked at, without hashing its file: of a stack of gigabytes only what the page needs.
 * `file-changed` when the file is not this version.
 */
export async function readPage(file: PageFile): Promise<Result<ReadPage>> {
  const { path, page } = file
  const read = await withFile<ReadPage>(path, null, async opened => {
    if (!isVersion(opened, file)) return fail({ kind: 'file-changed', path })
    const source = fileSource(path, opened.handle, opened.size)
    const structure = await readStructure(source)
    if (!structure.ok) return structure
    const described = structure.value.pages[page]
    if (described === undefined) {
      const detail = `page ${page + 1} of ${structure.value.pages.length}`
      return fail({ kind: 'image-unsupported', path, detail })
    }
    if (described.refusal !== null) return fail({ ...described.refusal, path })
    const pixels = await decodePage(source, structure.value, page)
    if (!pixels.ok) return pixels
    const raster = toRaster(path, described, pixels.value)
    if (!raster.ok) return raster
    return ok({ raster: raster.value, ...(await readPageNotes(source, structure.value, page)) })
  })
  return !read.ok && isFolderFault(read.fault) ? readArrayPage(file) : read
}
