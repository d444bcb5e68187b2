import { takeMedian } from '../measure/median.ts'
import { assertNever } from '../fault.ts'

/** A number over some objects, as it is known of one field of a well. */
export interface PartSummary {
  /** Objects with a value. */
  readonly n: number
  readonly mean: number | null
  readonly median: number | null
  /** Of a sample; undefined where whoever summarised did not write it down, as before plate.aggregate 2. */
  readonly sd: number | null | undefined
  readonly min: number | null | undefined
  readonly max: number | null | undefined
}

export type StatisticWord = 'mean' | 'median' | 'sum' | 'sd' | 'cv' | 'min' | 'max'

/** A single value as a summary of itself. */
export function single(value: number): PartSummary {
  return { n: 1, mean: value, median: value, sd: null, min: value, max: value }
}

/**
 * One statistic over the objects of all parts, as if they had been summarised together; null where no object has a
 * value, and where a part does not say.
 *
 * The median is that of the parts' medians: exact only where every part is a single value, or there is one part.
 * Variances are pooled with the spread between the parts' means (Chan, Golub & LeVeque 1983).
 */
export function combineSummaries(
  parts: readonly PartSummary[],
  statistic: StatisticWord,
): number | null {
  const own = parts.filter(({ n }) => n > 0)
  if (own.length === 0) return null
  const n = own.reduce((sum, part) => sum + part.n, 0)
  const sum = own.reduce((total, part) => total + part.n * part.mean!, 0)
  const mean = sum / n
  switch (statistic) {
    case 'mean':
      return mean
    case 'sum':
      return sum
    case 'median':
      return takeMedian(Float64Array.from(own, ({ median }) => median!))
    case 'sd':
      return pooledDeviation(own, n, mean)
    case 'cv': {
      const sd = pooledDeviation(own, n, mean)
      return sd === null || mean === 0 ? null : (100 * sd) / Math.abs(mean)
    }
    case 'min':
      return extreme(own, 'min', Math.min)
    case 'max':
      return extreme(own, 'max', Math.max)
    default:
      return assertNever(statistic)
  }
}

function pooledDeviation(parts: readonly PartSummary[], n: number, mean: number): number | null {
  if (n < 2) return null
  let squares = 0
  for (const part of parts) {
    if (part.n > 1) {
      if (part.sd === undefined || part.sd === null) return null
      squares += (part.n - 1) * part.sd ** 2
    }
    squares += part.n * (part.mean! - mean) ** 2
  }
  return Math.sqrt(squares / (n - 1))
}

function extreme(
  parts: readonly PartSummary[],
  which: 'min' | 'max',
  choose: (a: number, b: number) => number,
): number | null {
  let found: number | null = null
  for (const part of parts) {
    const value = part[which]
    if (value === undefined || value === null) return null
    found = found === null ? value : choose(found, value)
  }
  return found
}
