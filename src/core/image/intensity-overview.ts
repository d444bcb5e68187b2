import { valueAtRank, type Histogram } from './histogram.ts'

export interface IntensityOverview {
  /** Values below which a share of the pixels lies; none where no pixel is finite. */
  readonly percentiles: readonly { readonly percent: number; readonly value: number }[]
  /** Pixels in equal bins from the lowest to the highest value. */
  readonly bins: readonly number[]
}

const PERCENTS = [0, 0.1, 1, 5, 25, 50, 75, 95, 99, 99.9, 100]
const BINS = 256

/** What somebody needs to know of a plane's intensities to set its contrast. */
export function overviewIntensities(histogram: Histogram): IntensityOverview {
  const { values, counts, total } = histogram
  const bins = new Array<number>(BINS).fill(0)
  if (total === 0) return { percentiles: [], bins }
  const lowest = values[0]!
  const range = values.at(-1)! - lowest
  for (let i = 0; i < values.length; i += 1) {
    const place = range === 0 ? 0 : ((values[i]! - lowest) / range) * BINS
    bins[Math.min(Math.floor(place), BINS - 1)]! += counts[i]!
  }
  const percentiles = PERCENTS.map(percent => ({
    percent,
    value: valueAtRank(histogram, Math.round((percent / 100) * (total - 1))),
  }))
  return { percentiles, bins }
}
