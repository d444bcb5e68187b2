import { z } from 'zod'
import { METRIC_NAMES, type MetricName, type QualityMetrics } from './metrics.ts'

const Spread = z.strictObject({
  median: z.number(),
  /** Median distance from the median. */
  mad: z.number().nonnegative(),
})
type Spread = z.infer<typeof Spread>

/** What good planes of one channel look like with this instrument, objective and assay. */
export const Baseline = z.strictObject({
  /** How many planes it was learnt from. */
  planes: z.int().positive(),
  metrics: z.partialRecord(z.enum(METRIC_NAMES), Spread),
})
export type Baseline = z.infer<typeof Baseline>

/** Median distance from the median to standard deviation, for a normal distribution. */
const MAD_TO_SIGMA = 1.4826
/** Planes that agree to the last digit still differ tomorrow: spreads count as at least this share of the median. */
const LEAST_SPREAD = 0.02

/** Learns from planes somebody found good; what could not be measured on a plane is left out. */
export function learnBaseline(planes: readonly QualityMetrics[]): Baseline {
  const metrics: Partial<Record<MetricName, Spread>> = {}
  for (const name of METRIC_NAMES) {
    const values = planes.map(plane => plane[name]).filter(value => value !== null)
    if (values.length === 0) continue
    const median = middle(values)
    metrics[name] = { median, mad: middle(values.map(value => Math.abs(value - median))) }
  }
  return { planes: planes.length, metrics }
}

/** Robust standard deviations from the baseline's median; null for a metric it does not know. */
export function deviationFrom(
  baseline: Baseline,
  metric: MetricName,
  value: number,
): number | null {
  const known = baseline.metrics[metric]
  if (known === undefined) return null
  const sigma = sigmaOf(known)
  if (sigma === 0) return value === known.median ? 0 : Math.sign(value - known.median) * Infinity
  return (value - known.median) / sigma
}

/** The value that lies this many robust standard deviations from the baseline's median. */
export function valueAtDeviation(
  baseline: Baseline,
  metric: MetricName,
  deviation: number,
): number | null {
  const known = baseline.metrics[metric]
  return known === undefined ? null : known.median + deviation * sigmaOf(known)
}

function sigmaOf({ median, mad }: Spread): number {
  return Math.max(MAD_TO_SIGMA * mad, LEAST_SPREAD * Math.abs(median))
}

function middle(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const half = sorted.length / 2
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2
}
