import type { PlaneDescription } from '#contract/pixels.ts'

/** The values that are shown black and in full colour. */
export interface Limits {
  readonly low: number
  readonly high: number
}

/** Where limits come from: each field's own percentiles, one field's for the whole plate, or somebody's hand. */
export const CONTRAST_MODES = ['auto', 'plate', 'hand'] as const
export type ContrastMode = (typeof CONTRAST_MODES)[number]

const LOW_PERCENT = 0.1
const HIGH_PERCENT = 99.9

type Measured = Pick<PlaneDescription, 'percentiles' | 'fullScale' | 'type'>

/** Limits that show a plane well: its percentiles 0.1 and 99.9, apart by at least a step. */
export function autoLimits(description: Measured): Limits {
  const low = percentileOf(description, LOW_PERCENT) ?? 0
  const high = percentileOf(description, HIGH_PERCENT) ?? description.fullScale
  return apart({ low, high }, stepOf(description))
}

/** Limits around all planes that are shown together, as the planes of a stack. */
export function spanOf(limits: readonly Limits[]): Limits | null {
  if (limits.length === 0) return null
  return {
    low: Math.min(...limits.map(({ low }) => low)),
    high: Math.max(...limits.map(({ high }) => high)),
  }
}

/**
 * What handles reach: from the lowest value to half as far again as the 99.9th percentile, and as far as the limits.
 * A few bright specks would else press everything that matters into the first pixels of the slider.
 */
export function rangeOf(description: Measured, limits: Limits): Limits {
  const low = percentileOf(description, 0) ?? 0
  const most = percentileOf(description, 100) ?? description.fullScale
  const bright = percentileOf(description, HIGH_PERCENT) ?? most
  const high = Math.min(most, bright + 0.5 * (bright - low))
  return apart(
    { low: Math.min(low, limits.low), high: Math.max(high, limits.high) },
    stepOf(description),
  )
}

/** Limits with one end moved; the other end gives way no further than a step. */
export function movedEnd(
  limits: Limits,
  end: 'low' | 'high',
  to: number,
  { low, high }: Limits,
  step: number,
): Limits {
  return end === 'low'
    ? { low: Math.min(Math.max(to, low), limits.high - step), high: limits.high }
    : { low: limits.low, high: Math.max(Math.min(to, high), limits.low + step) }
}

/** The smallest difference between two values of a plane that means something. */
export function stepOf({ type, fullScale }: Pick<Measured, 'type' | 'fullScale'>): number {
  return type === 'float32' ? Math.max(fullScale, 1e-6) / 65536 : 1
}

function percentileOf({ percentiles }: Measured, percent: number): number | undefined {
  const value = percentiles.find(each => each.percent === percent)?.value
  return value === undefined || !Number.isFinite(value) ? undefined : value
}

function apart({ low, high }: Limits, step: number): Limits {
  return { low, high: Math.max(high, low + step) }
}
