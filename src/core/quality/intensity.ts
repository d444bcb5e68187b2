import { medianDistance, medianOf, type Histogram } from '../image/histogram.ts'

/** CellProfiler's plain statistics of a plane, in the units of its pixels. */
export interface Intensity {
  readonly total: number
  readonly mean: number
  readonly median: number
  /** Of the population: divided by the number of pixels. */
  readonly standardDeviation: number
  /** Median distance from the median. */
  readonly medianDeviation: number
  readonly minimum: number
  readonly maximum: number
}

export function measureIntensity(histogram: Histogram): Intensity {
  const { values, counts, total: pixels } = histogram
  let total = 0
  for (let i = 0; i < values.length; i += 1) total += values[i]! * counts[i]!
  const mean = total / pixels
  let squares = 0
  for (let i = 0; i < values.length; i += 1) squares += (values[i]! - mean) ** 2 * counts[i]!
  const median = medianOf(histogram)
  return {
    total,
    mean,
    median,
    standardDeviation: Math.sqrt(squares / pixels),
    medianDeviation: medianDistance(histogram, median),
    minimum: values[0]!,
    maximum: values.at(-1)!,
  }
}
