/** Which values get the first and the last colour. */
export interface ColourScale {
  readonly low: number
  readonly high: number
}

/** Limits that follow the values, or that somebody typed in. */
export type ScaleLimits =
  | { readonly kind: 'data'; readonly lowPercent: number; readonly highPercent: number }
  | { readonly kind: 'fixed'; readonly low: number; readonly high: number }

/**
 * The scale for all of these values together; null where there is none.
 *
 * @param centred puts zero into the middle, for a diverging map.
 */
export function scaleFor(
  plates: readonly Float64Array[],
  limits: ScaleLimits,
  centred: boolean,
): ColourScale | null {
  const sorted = sortedValues(plates)
  if (sorted.length === 0) return null
  if (limits.kind === 'fixed') return { low: limits.low, high: limits.high }
  const low = percentileOf(sorted, limits.lowPercent)
  const high = percentileOf(sorted, limits.highPercent)
  if (!centred) return { low, high }
  const reach = Math.max(Math.abs(low), Math.abs(high))
  return { low: -reach, high: reach }
}

/** The place of a value's colour among 256, -1 for NaN. What lies outside gets the nearest colour. */
export function colourIndex({ low, high }: ColourScale, value: number): number {
  if (Number.isNaN(value)) return -1
  // All the same: neither low nor high.
  if (high <= low) return value < low ? 0 : value > high ? 255 : 128
  const place = Math.round(((value - low) / (high - low)) * 255)
  return Math.max(0, Math.min(255, place))
}

/** How many wells lie in each of equal bins from the lowest to the highest limit, and how many outside. */
export interface ScaleHistogram {
  readonly bins: Uint32Array
  readonly below: number
  readonly above: number
}

export function scaleHistogram(
  plates: readonly Float64Array[],
  { low, high }: ColourScale,
  count: number,
): ScaleHistogram {
  const bins = new Uint32Array(count)
  let below = 0
  let above = 0
  for (const values of plates) {
    for (const value of values) {
      if (Number.isNaN(value)) continue
      if (value < low) below += 1
      else if (value > high) above += 1
      else {
        const place = high > low ? Math.floor(((value - low) / (high - low)) * count) : count >> 1
        bins[Math.min(count - 1, place)]! += 1
      }
    }
  }
  return { bins, below, above }
}

/** Linear between neighbours, as NumPy's `percentile` does by default. */
export function percentileOf(sorted: Float64Array, percent: number): number {
  const place = (percent / 100) * (sorted.length - 1)
  const lower = Math.floor(place)
  const below = sorted[lower]!
  const above = sorted[Math.min(sorted.length - 1, lower + 1)]!
  return below + (place - lower) * (above - below)
}

function sortedValues(plates: readonly Float64Array[]): Float64Array {
  const known = plates.flatMap(values => [...values].filter(Number.isFinite))
  return Float64Array.from(known).sort()
}
