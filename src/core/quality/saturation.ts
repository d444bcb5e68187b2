import type { Histogram } from '../image/histogram.ts'

/** CellProfiler's PercentMaximal and PercentMinimal: pixels at the image's own extremes, in percent. */
export function measureExtremes({ counts, total }: Histogram): {
  percentMaximal: number
  percentMinimal: number
} {
  return {
    percentMaximal: (100 * counts.at(-1)!) / total,
    percentMinimal: (100 * counts[0]!) / total,
  }
}

/**
 * Share of the pixels, 0 to 1, at the count where the camera clips; null when that is not known.
 *
 * @param clipped 1 where a colour is at its end, of a plane that was made of colour
 */
export function measureSaturation(
  { values, counts, total }: Histogram,
  ceiling: number | null,
  clipped?: Uint8Array,
): number | null {
  if (clipped !== undefined) return clipped.reduce((sum, one) => sum + one, 0) / total
  if (ceiling === null) return null
  return values.at(-1)! === ceiling ? counts.at(-1)! / total : 0
}
