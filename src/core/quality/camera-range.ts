import { histogramOf, type Histogram } from '../image/histogram.ts'
import type { Plane } from '../image/plane.ts'

/** The smallest range that a camera of today has: ten bits. */
const SMALLEST_RANGE = 1023
/** Clipping piles up at the largest value: this many times the pixels of an ordinary bright value… */
const PILE = 10
/** …and not by the chance of a few pixels. */
const FEWEST_CLIPPED = 10

/**
 * The count at which the camera clips.
 *
 * A 16-bit file from a 12-bit camera clips at 4095, one whose pixels are full before the converter is at an odd number,
 * and often nothing but the image says so: many pixels have exactly its largest value.
 * Where there is no such pile it is the plane's full scale.
 */
export function cameraRange(plane: Plane, histogram = histogramOf(plane.pixels)): number {
  if (!(plane.pixels instanceof Uint16Array)) return plane.fullScale
  const maximum = histogram.values.at(-1) ?? 0
  const clipped = maximum >= SMALLEST_RANGE && pilesUp(histogram)
  return clipped ? Math.min(maximum, plane.fullScale) : plane.fullScale
}

function pilesUp({ values, counts }: Histogram): boolean {
  const top = values.length - 1
  const maximum = values[top]!
  let bright = 0
  for (let i = top - 1; i >= 0 && values[i]! >= 0.9 * maximum; i -= 1) bright += counts[i]!
  const ordinary = bright / (0.1 * maximum)
  return counts[top]! >= Math.max(FEWEST_CLIPPED, PILE * ordinary)
}
