import type { Pixels } from '#core/image/plane.ts'
import type { PageRefusal, PageStructure } from './image-structure.ts'

/**
 * A decoded page, bit for bit as it is stored: row-major, the samples of a pixel side by side.
 *
 * Nothing is applied to it: no colour management, no orientation, no inversion where white is zero.
 */
export interface Raster {
  readonly width: number
  readonly height: number
  /** 1 gray, 2 gray and one more, 3 RGB, 4 RGB and one more. */
  readonly samples: number
  /** Of one sample as the camera wrote it. */
  readonly bits: number
  readonly pixels: Pixels
}

/** Why a page gives no raster: it cannot be decoded, or its numbers are no intensities that a plane can carry. */
export function refuseRaster(page: PageStructure): PageRefusal | null {
  const { refusal, bits, sampleFormat } = page
  if (refusal !== null) return refusal
  if (sampleFormat === 'signed') {
    return { kind: 'image-unsupported', detail: `signed ${bits}-bit integers` }
  }
  if (sampleFormat === 'unsigned' && bits === 32) {
    return { kind: 'image-unsupported', detail: '32-bit integers' }
  }
  return null
}
