/** What a series of numbers should look like while nothing drifts. */
export interface Steady {
  readonly centre: number
  /** Standard deviation of one number around the centre. */
  readonly sigma: number
  /** How many numbers the centre is the mean of, null for a centre that is known. */
  readonly learntFrom: number | null
}

export interface DriftParams {
  /** Weight of the newest number, 0 to 1: the smaller, the slower the drift that is still seen. */
  readonly weight: number
  /** Standard deviations of the average that count as drift. */
  readonly width: number
  /** A number counts as at most this many standard deviations from the centre: one bubble is no drift. */
  readonly clip: number
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
const DEFAULTS: DriftParams = { weight: 0.2, width: 3, clip: 3 }

/**
 * Watches a series for a slow drift, as of a lamp that ages, long before single numbers leave their limits.
 *
 * An EWMA control chart (Roberts 1959, "Control chart tests based on geometric moving averages"): the average
 * starts at the centre, and after i numbers its variance is σ²·w/(2−w)·(1−(1−w)²ⁱ). A centre that was learnt as
 * the mean of n numbers adds its own, σ²/n.
 */
export function watchDrift(
  values: ArrayLike<number>,
  { centre, sigma, learntFrom }: Steady,
  { weight, width, clip }: DriftParams = DEFAULTS,
): DriftReport {
  const average = new Float64Array(values.length)
  const allowed = new Float64Array(values.length)
  const doubt = learntFrom === null ? 0 : 1 / learntFrom
  let last = centre
  let since = 0
  let seenAt: number | null = null
  for (let i = 0; i < values.length; i += 1) {
    const before = last
    last = weight * clipped(values[i]!, centre, clip * sigma) + (1 - weight) * last
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

/**
 * What a series looks like at its beginning, from its first numbers.
 *
 * The centre is their mean with outliers drawn in to three standard deviations from the median; the standard
 * deviation is that of the whole series from one number to the next, which a slow drift does not widen.
 */
export function steadyStart(values: Float64Array, first: number): Steady {
  const sigma = shortTermSigma(values)
  const start = values.slice(0, first)
  const middle = median(start)
  const sum = start.reduce((total, value) => total + clipped(value, middle, 3 * sigma), 0)
  return { centre: sum / start.length, sigma, learntFrom: start.length }
}

/** Median of |difference of two normal numbers| over their standard deviation: √2 · 0.6745. */
const MEDIAN_MOVING_RANGE = 0.9539

/** Standard deviation from one number to the next, by the median moving range; 0 for fewer than two numbers. */
export function shortTermSigma(values: Float64Array): number {
  if (values.length < 2) return 0
  const ranges = values.slice(1).map((value, i) => Math.abs(value - values[i]!))
  return median(ranges) / MEDIAN_MOVING_RANGE
}

function clipped(value: number, centre: number, most: number): number {
  // Without a spread there is nothing to tell an outlier by.
  if (most === 0) return value
  return Math.max(centre - most, Math.min(centre + most, value))
}

function median(values: Float64Array): number {
  const sorted = values.toSorted()
  const half = sorted.length / 2
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2
}
