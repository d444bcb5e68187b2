import type { Sha256 } from '#core/brand.ts'
import type { Result } from '#core/fault.ts'
import type { ImageStructure } from './image-structure.ts'
import type { PageNotes } from './page-notes.ts'
import type { Raster } from './raster.ts'

/** An image file that was read once and found sound; a Zarr array is one too. */
export interface OpenImage {
  readonly path: string
  readonly bytes: number
  /** Nanoseconds since 1970. */
  readonly modified: string
  /** Of the whole file; of an array, see `hashArray`. */
  readonly sha256: Sha256
  readonly structure: ImageStructure
  readPage(page: number): Promise<Result<Raster>>
  /** Of a page that was read before. */
  readNotes(page: number): Promise<Result<PageNotes>>
}

/** One version of a file. */
export type FileVersion = Pick<PageFile, 'bytes' | 'modified'>

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
