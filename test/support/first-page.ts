import { openImage } from '#workstation/reading/open-image.ts'
import type { Raster } from '#workstation/reading/raster.ts'
import { valueOf } from './value-of.ts'

/** The first page of an image file, by Parfocal's own reader. */
export async function firstPage(path: string): Promise<Raster> {
  return valueOf(await valueOf(await openImage(path)).readPage(0))
}
