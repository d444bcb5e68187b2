import type { Plane } from '#core/image/plane.ts'
import { openImage } from '#workstation/reading/open-image.ts'
import { toPlane } from '#workstation/reading/to-plane.ts'
import { realPath } from './real-data.ts'

/** The first page of a real image, as the workstation reads it. */
export async function realPlane(path: string): Promise<Plane> {
  const image = await openImage(realPath(path))
  if (!image.ok) throw new Error(`${path}: ${image.fault.kind}`)
  const raster = await image.value.readPage(0)
  if (!raster.ok) throw new Error(`${path}: ${raster.fault.kind}`)
  return toPlane(raster.value)
}
