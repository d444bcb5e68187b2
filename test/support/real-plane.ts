import type { Plane } from '#core/image/plane.ts'
import { toPlane } from '#workstation/reading/to-plane.ts'
import { firstPage } from './first-page.ts'
import { realPath } from './real-data.ts'

/** The first page of a real image, as the workstation reads it. */
export async function realPlane(path: string): Promise<Plane> {
  return toPlane(await firstPage(realPath(path)))
}
