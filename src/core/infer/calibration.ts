/** A temperature and what it is good for. */
export interface TemperatureFit {
  /** Divides logits; above 1 where the network is too sure of itself. */
  readonly temperature: number
  /** Mean negative log-likelihood of the true class at this temperature, in nats. */
  readonly loss: number
  /** The same at temperature 1. */
  readonly lossBefore: number
}

/** Logits that need more are right or wrong throughout, and no temperature is the best. */
const HOTTEST = 100
const COLDEST = 0.01

/**
 * The temperature by which a network is as often right as it says (Guo et al. 2017, §4.2).
 *
 * The loss is convex in 1 / temperature and Newton's method finds its only minimum, kept within a bracket that
 * shrinks by halves. Always between 0.01 and 100; 1 where temperatures change nothing.
 * @param logits [classes, samples].
 * @param labels true class of each sample, from 0.
 * @throws RangeError for no samples, lengths that do not fit, or a label that is no class.
 */
export function fitTemperature(
  logits: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
): TemperatureFit {
  const samples = labels.length
  if (samples === 0 || logits.length !== classes * samples) {
    throw new RangeError(`${logits.length} logits of ${classes} classes for ${samples} labels`)
  }
  for (let i = 0; i < samples; i += 1) {
    const label = labels[i]!
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new RangeError(`Class ${label} of ${classes}`)
    }
  }
  const inverse = bestInverse(logits, labels)
  return {
    temperature: 1 / inverse,
    loss: lossAt(logits, labels, inverse).loss,
    lossBefore: lossAt(logits, labels, 1).loss,
  }
}

function bestInverse(logits: Float32Array, labels: ArrayLike<number>): number {
  let low = 1 / HOTTEST
  let high = 1 / COLDEST
  if (lossAt(logits, labels, 1).slope === 0) return 1
  if (lossAt(logits, labels, low).slope >= 0) return low
  if (lossAt(logits, labels, high).slope <= 0) return high
  let inverse = 1
  for (let step = 0; step < 100; step += 1) {
    const { slope, curvature } = lossAt(logits, labels, inverse)
    if (slope > 0) high = inverse
    else low = inverse
    const newton = inverse - slope / curvature
    const next = newton > low && newton < high ? newton : (low + high) / 2
    const moved = Math.abs(next - inverse)
    inverse = next
    if (moved <= 1e-12 * inverse) break
  }
  return inverse
}

/** Mean of log Σ exp(β z) − β z_label, with its first and second derivative by β = 1 / temperature. */
function lossAt(
  logits: Float32Array,
  labels: ArrayLike<number>,
  inverse: number,
): { readonly loss: number; readonly slope: number; readonly curvature: number } {
  const samples = labels.length
  let loss = 0
  let slope = 0
  let curvature = 0
  for (let i = 0; i < samples; i += 1) {
    let largest = -Infinity
    for (let at = i; at < logits.length; at += samples) largest = Math.max(largest, logits[at]!)
    let sum = 0
    let first = 0
    let second = 0
    for (let at = i; at < logits.length; at += samples) {
      const off = logits[at]! - largest
      const weight = Math.exp(off * inverse)
      sum += weight
      first += weight * off
      second += weight * off * off
    }
    const ofLabel = logits[labels[i]! * samples + i]! - largest
    const mean = first / sum
    loss += Math.log(sum) - ofLabel * inverse
    slope += mean - ofLabel
    curvature += second / sum - mean * mean
  }
  return {
    loss: loss / samples,
    slope: slope / samples,
    curvature: Math.max(0, curvature / samples),
  }
}
