import { histogramOf, type Histogram } from '../image/histogram.ts'
import { containerRange, type Plane } from '../image/plane.ts'

/** The smallest range that a camera of today has: ten bits. */
const SMALLEST_RANGE = 1023
/** Clipping piles up at the largest value: this many times the pixels of an ordinary bright value… */
const PILE = 10
/** …and not by the chance of a few pixels. */
const FEWEST_CLIPPED = 10
/** Counts of ten bits in the upper ones of sixteen are multiples of this. */
const LARGEST_STEP = 64

/**
 * The count at which the camera clips.
 *
 * A 16-bit file from a 12-bit camera clips at 4095, one whose pixels are full before the converter is at an odd number,
 * and often nothing but the image says so: many pixels have exactly its largest value.
 * Where there is no such pile it is the plane's full scale, or that of its container where pixels lie beyond what the file
 * declares. Counts that are all multiples of a power of two, as of a 12-bit camera in the upper bits of sixteen, end
 * at the largest such multiple.
 *
 * @returns null where it is not known: real numbers that lie beyond 0…1 and pile up nowhere
 */
export function cameraRange(plane: Plane, histogram = histogramOf(plane.pixels)): number | null {
  const { pixels, fullScale } = plane
  const maximum = histogram.values.at(-1) ?? 0
  if (pixels instanceof Uint8Array) return fullScale
  if (pixels instanceof Float32Array && !holdsCounts(histogram)) {
    return maximum > fullScale ? null : fullScale
  }
  const step = stepOf(histogram)
  if (maximum >= SMALLEST_RANGE && pilesUp(histogram, step)) return maximum
  const full = maximum <= fullScale ? fullScale : containerRange(plane)
  return maximum <= full ? full - (full % step) : null
}

/** Whether real numbers are counts: whole, and beyond what is measured from 0 to 1. */
function holdsCounts({ values }: Histogram): boolean {
  return (values.at(-1) ?? 0) > 1 && values.every(Number.isInteger)
}

/** The largest power of two of which all counts are multiples; 1 where there are too few to tell. */
function stepOf({ values }: Histogram): number {
  if (values.length < FEWEST_COUNTS) return 1
  let step = LARGEST_STEP
  for (let i = 0; i < values.length; i += 1) {
    while (values[i]! % step !== 0) step /= 2
  }
  return step
}

/** Of so many different counts one is odd, unless something makes all of them even. */
const FEWEST_COUNTS = 16

function pilesUp({ values, counts }: Histogram, step: number): boolean {
  const top = values.length - 1
  const maximum = values[top]!
  let bright = 0
  for (let i = top - 1; i >= 0 && values[i]! >= 0.9 * maximum; i -= 1) bright += counts[i]!
  const ordinary = (bright * step) / (0.1 * maximum)
  return counts[top]! >= Math.max(FEWEST_CLIPPED, PILE * ordinary)
}
