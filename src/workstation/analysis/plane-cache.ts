import { ok, type Result } from '#core/fault.ts'
import type { Plane } from '#core/image/plane.ts'
import { openImage, type OpenImage } from '../reading/open-image.ts'
import { toPlane } from '../reading/to-plane.ts'
import type { FileRead, PlaneSource } from './job.ts'

/** Decoded pixels kept between the steps of one field. */
const BUDGET_BYTES = 256 * 2 ** 20

export interface ReadPlane {
  readonly plane: Plane
  /** Of one sample in the file; the plane of a colour image has more. */
  readonly bits: number
  readonly file: FileRead
  /** When the file was written, nanoseconds since 1970. */
  readonly modified: string
  /** Side of a pixel in µm; null where the file does not say. */
  readonly pixelSize: number | null
}

/** Reads the planes of one field, each in the version of its file in which it came; the same one twice from memory while the budget lasts. */
export interface PlaneCache {
  read(source: PlaneSource): Promise<Result<ReadPlane>>
}

export function createPlaneCache(): PlaneCache {
  const planes = new Map<string, ReadPlane>()
  let bytes = 0
  // The pages of one file come one after the other.
  let image: OpenImage | null = null

  return {
    async read({ path, page, version = null }) {
      const name = `${page} ${path}`
      const kept = planes.get(name)
      if (kept !== undefined) return ok(kept)
      if (image?.path !== path) {
        const opened = await openImage(path, version)
        if (!opened.ok) return opened
        image = opened.value
      }
      const raster = await image.readPage(page)
      if (!raster.ok) return raster
      const { sha256, bytes: length, modified } = image
      const notes = await image.readNotes(page)
      if (!notes.ok) return notes
      const { pixelSize, range } = notes.value
      const { bits } = raster.value
      const file = { path, sha256, bytes: length }
      const plane = toPlane(raster.value, range)
      const read = { plane, bits, file, modified, pixelSize }
      bytes += read.plane.pixels.byteLength
      if (bytes <= BUDGET_BYTES) planes.set(name, read)
      return ok(read)
    },
  }
}
