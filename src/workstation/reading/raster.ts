import type { Pixels } from '#core/image/plane.ts'

/**
 * A decoded page with the numbers that are stored: row-major, the samples of a pixel side by side.
 *
 * Nothing is applied to them: no colour management, no orientation, no inversion where white is zero.
 */
export interface Raster {
  readonly width: number
  readonly height: number
  /** 1 gray, 2 gray and one more, 3 RGB, 4 RGB and one more. */
  readonly samples: number
  /** Of one sample as the camera wrote it. */
  readonly bits: number
  /** Largest number that can be stored: 2ⁿ − 1 for counts, half of that for signed ones, 1 for real numbers. */
  readonly range: number
  readonly pixels: Pixels
}
