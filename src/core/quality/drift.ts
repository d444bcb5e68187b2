/** What a series of numbers should look like while nothing drifts. */
export interface Steady {
  readonly centre: number
  /** Standard deviation of one number around the centre. */
  readonly sigma: number
  /** How many numbers the centre was learnt from, null for a centre that is known. */
  readonly learntFrom: number | null
}

export interface DriftParams {
  /** Weight of the newest number, 0 to 1: the smaller, the slower the drift that is still seen. */
  readonly weight: number
  /** Standard deviations of the average that count as drift. */
  readonly width: number
}

export interface DriftReport {
  /** Exponentially weighted moving average after each number. */
  readonly average: Float64Array
  /** How far from the centre that average may lie. */
  readonly allowed: Float64Array
  /** Whether the series drifts at its end. */
  readonly drift: Drift | null
}

export interface Drift {
  readonly direction: 'up' | 'down'
  /** Where the average left the centre for the last time: number n, counted from 0. */
  readonly since: number
  /** Where it could first be told. */
  readonly seenAt: number
}

/** A slow drift of one standard deviation shows after some ten numbers; steady ones cry wolf every 560. */
const DEFAULTS: DriftParams = { weight: 0.2, width: 3 }

/**
 * Watches a series for a slow drift, as of a lamp that ages, long before single numbers leave their limits.
 *
 * An EWMA control chart (Roberts 1959, "Control chart tests based on geometric moving averages"): the average
 * starts at the centre, and after i numbers its variance is σ²·w/(2−w)·(1−(1−w)²ⁱ). A centre that was learnt as a median
 * of n numbers adds its own, σ²·π/2n.
 */
export function watchDrift(
  values: ArrayLike<number>,
  { centre, sigma, learntFrom }: Steady,
  { weight, width }: DriftParams = DEFAULTS,
): DriftReport {
  const average = new Float64Array(values.length)
  const allowed = new Float64Array(values.length)
  const doubt = learntFrom === null ? 0 : Math.PI / 2 / learntFrom
  let last = centre
  let since = 0
  let seenAt: number | null = null
  for (let i = 0; i < values.length; i += 1) {
    const before = last
    last = weight * values[i]! + (1 - weight) * last
    const spread = (weight / (2 - weight)) * (1 - (1 - weight) ** (2 * (i + 1)))
    average[i] = last
    allowed[i] = width * sigma * Math.sqrt(spread + doubt)
    if (Math.sign(last - centre) !== Math.sign(before - centre)) {
      since = i
      seenAt = null
    }
    if (Math.abs(last - centre) <= allowed[i]!) seenAt = null
    else seenAt ??= i
  }
  const direction = last > centre ? 'up' : 'down'
  return { average, allowed, drift: seenAt === null ? null : { direction, since, seenAt } }
}

/** Median of |difference of two normal numbers| over their standard deviation: √2 · 0.6745. */
const MEDIAN_MOVING_RANGE = 0.9539

/**
 * Standard deviation of a series from one number to the next, which a slow drift does not widen.
 *
 * By the median moving range; 0 for fewer than two numbers.
 */
export function shortTermSigma(values: ArrayLike<number>): number {
  if (values.length < 2) return 0
  const ranges = new Float64Array(values.length - 1)
  for (let i = 1; i < values.length; i += 1) ranges[i - 1] = Math.abs(values[i]! - values[i - 1]!)
  ranges.sort()
  const half = ranges.length / 2
  const median = (ranges[Math.ceil(half) - 1]! + ranges[Math.floor(half)]!) / 2
  return median / MEDIAN_MOVING_RANGE
}
