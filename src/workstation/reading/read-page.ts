import { fail, ok, type Result } from '#core/fault.ts'
import { fileSource } from './byte-source.ts'
import { readStructure } from './image-format.ts'
import { withFile } from './open-file.ts'
import { toRaster } from './intensities.ts'
import { decodePage } from './open-image.ts'
import { readPageNotes, type PageNotes } from './page-notes.ts'
import type { Raster } from './raster.ts'

/** One image of one version of a file. */
export interface PageFile {
  readonly path: string
  readonly page: number
  readonly bytes: number
  /** Nanoseconds since 1970. */
  readonly modified: string
}

export interface ReadPage extends PageNotes {
  readonly raster: Raster
}

/**
 * Reads one page to be looked at, without hashing its file: of a stack of gigabytes only what the page needs.
 * `file-changed` when the file is not this version.
 */
export function readPage({ path, page, bytes, modified }: PageFile): Promise<Result<ReadPage>> {
  return withFile(path, null, async ({ handle, size, stamp }) => {
    if (size !== bytes || stamp.modified !== BigInt(modified)) {
      return fail({ kind: 'file-changed', path })
    }
    const source = fileSource(path, handle, size)
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
}
