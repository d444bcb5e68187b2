import { takeMedian } from '../measure/median.ts'

/** Scales a median absolute deviation to the standard deviation of a normal distribution. */
const NORMAL = 1.4826

/**
 * How far each value lies from the plate's middle: (x − median) / (1.4826 MAD).
 *
 * NaN stays NaN. Where more than half of the values are the same there is no spread to measure by, so that all are NaN.
 */
export function robustZ(values: Float64Array): Float64Array {
  const known = values.filter(Number.isFinite)
  const median = takeMedian(known)
  const spread = NORMAL * takeMedian(known.map(value => Math.abs(value - median)))
  return values.map(value => (spread > 0 ? (value - median) / spread : NaN))
}
