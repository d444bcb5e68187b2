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

/** Share of the pixels, 0 to 1, at the count where the camera clips; null when pixels lie beyond it. */
export function measureSaturation(
  { values, counts, total }: Histogram,
  ceiling: number,
): number | null {
  const maximum = values.at(-1)!
  if (maximum > ceiling) return null
  return maximum === ceiling ? counts.at(-1)! / total : 0
}
