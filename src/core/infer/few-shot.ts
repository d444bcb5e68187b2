import { fitTemperature } from './calibration.ts'
import { choleskyFactor, solveCholesky } from './cholesky.ts'

/** An embedding that somebody has named the class of. */
export interface Example {
  readonly vector: ArrayLike<number>
  /** From 0. */
  readonly label: number
}

export interface ClassGuess {
  /** One for each class; they sum to 1. */
  readonly probabilities: Float64Array
  /** The first of equals. */
  readonly likeliest: number
}

/** Classes, each told by the mean of its examples. */
export interface Prototypes {
  readonly means: readonly Float64Array[]
  /** Root mean square distance of the examples to their own class's mean. */
  readonly spread: number
  /** Divides (distance / spread)² to make logits. */
  readonly temperature: number
}

/**
 * The mean embedding of each class (Snell et al. 2017, eq. 1).
 *
 * The spread is divided by examples − classes, since means lie nearer to their own examples than to others. The
 * temperature is the one by which examples are told best from the means of the others (Guo et al. 2017), at least
 * 2 / numbers, which is right for classes that spread alike and independently in all of them, and at most 2.
 * @throws RangeError for a class without example, or vectors of different length.
 */
export function makePrototypes(examples: readonly Example[], classes: number): Prototypes {
  const size = checkExamples(examples, classes)
  const counts = new Uint32Array(classes)
  const means = Array.from({ length: classes }, () => new Float64Array(size))
  for (const { label } of examples) counts[label]! += 1
  const missing = counts.indexOf(0)
  if (missing !== -1) throw new RangeError(`Class ${missing} of ${classes} has no example`)
  for (const { vector, label } of examples) {
    const mean = means[label]!
    for (let i = 0; i < size; i += 1) mean[i]! += vector[i]! / counts[label]!
  }
  let squares = 0
  for (const { vector, label } of examples) squares += squaredDistance(vector, means[label]!)
  const spread = Math.sqrt(squares / Math.max(1, examples.length - classes))
  return { means, spread, temperature: leaveOneOutTemperature(examples, means, counts, spread) }
}

export interface PrototypeGuess extends ClassGuess {
  /**
   * Distance to the nearest mean over the spread of examples: about 1 is usual, above 2 or so it belongs to
   * none of the classes. Infinite where the examples have no spread and this one is elsewhere.
   */
  readonly distance: number
}

/** Probabilities by the squared distances to the means (Snell et al. 2017, eq. 2), and whether it is any of them. */
export function guessByPrototypes(
  { means, spread, temperature }: Prototypes,
  vector: ArrayLike<number>,
): PrototypeGuess {
  const distances = Float64Array.from(means, mean => Math.sqrt(squaredDistance(vector, mean)))
  const nearest = Math.min(...distances)
  const logits = distances.map(distance =>
    distance === nearest
      ? 0
      : (nearest * nearest - distance * distance) / (spread * spread * temperature),
  )
  return { ...guessOf(logits), distance: nearest === 0 ? 0 : nearest / spread }
}

export interface LogisticParams {
  /** Weight of ½ |weights|² beside the sum of the examples' losses; the intercepts are free. Above 0. */
  readonly penalty: number
  readonly iterations: number
}

/** Fixed, so that the same examples give the same bits. */
export const LOGISTIC_DEFAULTS: LogisticParams = { penalty: 1, iterations: 2000 }

/** Linear classes: a logit is weights · vector + intercept. */
export interface LogisticClasses {
  readonly weights: readonly Float64Array[]
  readonly intercepts: Float64Array
}

/**
 * Multinomial logistic regression with a penalty on the weights, as scikit-learn's with C = 1 / penalty.
 *
 * Böhning (1992): the curvature is never more than ½ XᵀX + penalty, so that one factorisation serves all steps
 * and each step goes down; with the momentum of Nesterov (1983), begun anew whenever it leads uphill.
 * Ends after `iterations` or when a step changes nothing beyond 1e-10.
 * @throws RangeError for a class without example, vectors of different length, or a penalty that is not positive.
 */
export function fitLogistic(
  examples: readonly Example[],
  classes: number,
  { penalty, iterations }: LogisticParams = LOGISTIC_DEFAULTS,
): LogisticClasses {
  const size = checkExamples(examples, classes)
  if (!(penalty > 0)) throw new RangeError(`A penalty of ${penalty}`)
  const seen = new Set(examples.map(({ label }) => label))
  if (seen.size < classes) throw new RangeError(`${seen.size} of ${classes} classes have examples`)
  const factor = boundFactor(examples, size, penalty)
  let current = Array.from({ length: classes }, () => new Float64Array(size + 1))
  let ahead = current
  let momentum = 1
  for (let step = 0; step < iterations; step += 1) {
    const slopes = slopesAt(examples, ahead, penalty)
    const next = ahead.map((weights, k) => {
      const down = solveCholesky(factor, slopes[k]!)
      return weights.map((weight, i) => weight - down[i]!)
    })
    let uphill = 0
    let moved = 0
    for (let k = 0; k < classes; k += 1) {
      for (let i = 0; i <= size; i += 1) {
        const change = next[k]![i]! - current[k]![i]!
        uphill += slopes[k]![i]! * change
        moved = Math.max(moved, Math.abs(change))
      }
    }
    const faster = uphill > 0 ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2
    const push = uphill > 0 ? 0 : (momentum - 1) / faster
    const last = current
    ahead = next.map((weights, k) =>
      weights.map((weight, i) => weight + push * (weight - last[k]![i]!)),
    )
    current = next
    momentum = faster
    if (moved <= 1e-10) break
  }
  return {
    weights: current.map(weights => weights.slice(0, size)),
    intercepts: Float64Array.from(current, weights => weights[size]!),
  }
}

export function guessByLogistic(
  { weights, intercepts }: LogisticClasses,
  vector: ArrayLike<number>,
): ClassGuess {
  return guessOf(intercepts.map((intercept, k) => logit(weights[k]!, vector) + intercept))
}

/** Fitted to examples whose class has others to tell it by; 1 where there are none. */
function leaveOneOutTemperature(
  examples: readonly Example[],
  means: readonly Float64Array[],
  counts: Uint32Array,
  spread: number,
): number {
  const told = examples.filter(({ label }) => counts[label]! > 1)
  if (told.length === 0 || spread === 0) return 1
  const logits = new Float32Array(means.length * told.length)
  for (const [i, { vector, label }] of told.entries()) {
    for (const [k, mean] of means.entries()) {
      // Without the example its class's mean is n / (n − 1) times as far away.
      const share = k === label ? counts[k]! / (counts[k]! - 1) : 1
      const distance = (share * Math.sqrt(squaredDistance(vector, mean))) / spread
      logits[k * told.length + i] = -distance * distance
    }
  }
  const labels = told.map(({ label }) => label)
  const { temperature } = fitTemperature(logits, labels, means.length)
  return Math.min(2, Math.max(2 / means[0]!.length, temperature))
}

/** Factor of ½ Σ x xᵀ + penalty, x with a 1 at its end for the intercept, which has no penalty. */
function boundFactor(examples: readonly Example[], size: number, penalty: number): Float64Array {
  const side = size + 1
  const bound = new Float64Array(side * side)
  for (const { vector } of examples) {
    for (let i = 0; i < side; i += 1) {
      const value = (i < size ? vector[i]! : 1) / 2
      for (let j = 0; j <= i; j += 1) bound[i * side + j]! += value * (j < size ? vector[j]! : 1)
    }
  }
  for (let i = 0; i < size; i += 1) bound[i * side + i]! += penalty
  const factor = choleskyFactor(bound, side)
  if (factor === null) throw new RangeError('Examples hold something that is no number')
  return factor
}

/** Derivatives of the loss by weights and intercept of each class. */
function slopesAt(
  examples: readonly Example[],
  weights: readonly Float64Array[],
  penalty: number,
): readonly Float64Array[] {
  const size = weights[0]!.length - 1
  const slopes = weights.map(row => row.map((weight, i) => (i < size ? penalty * weight : 0)))
  for (const { vector, label } of examples) {
    const logits = Float64Array.from(weights, row => logit(row, vector) + row[size]!)
    const { probabilities } = guessOf(logits)
    for (let k = 0; k < weights.length; k += 1) {
      const off = probabilities[k]! - (k === label ? 1 : 0)
      const slope = slopes[k]!
      for (let i = 0; i < size; i += 1) slope[i]! += off * vector[i]!
      slope[size]! += off
    }
  }
  return slopes
}

function logit(weights: Float64Array, vector: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < vector.length; i += 1) sum += weights[i]! * vector[i]!
  return sum
}

function guessOf(logits: Float64Array): ClassGuess {
  const largest = Math.max(...logits)
  const weights = logits.map(value => Math.exp(value - largest))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return { probabilities: weights.map(weight => weight / sum), likeliest: logits.indexOf(largest) }
}

function squaredDistance(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) throw new RangeError(`${one.length} and ${other.length} numbers`)
  let sum = 0
  for (let i = 0; i < one.length; i += 1) sum += (one[i]! - other[i]!) ** 2
  return sum
}

/** @returns length of the vectors. */
function checkExamples(examples: readonly Example[], classes: number): number {
  const size = examples[0]?.vector.length ?? 0
  for (const { vector, label } of examples) {
    if (vector.length !== size) throw new RangeError(`Vectors of ${size} and ${vector.length}`)
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new RangeError(`Class ${label} of ${classes}`)
    }
  }
  return size
}
