import { choleskyFactor, solveCholesky } from './cholesky.ts'

/** Weights of a linear function for each target, without its intercept. */
export interface LinearFit {
  readonly weights: readonly Float64Array[]
  /** Share of each target's variance that is foretold for rows left out of the fit, at most 1; below 0 it is worse than the mean. */
  readonly explained: readonly number[]
}

/** Penalties on the weights, of the mean square of a column. */
const PENALTIES = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1]

/**
 * Linear functions of rows that come nearest to targets, with a free intercept and the penalty by which rows that are
 * left out one at a time are foretold best (ridge regression; Golub, Heath & Wahba 1979 for the residuals left out).
 *
 * @returns null for fewer than three rows, or where rows hold something that is no number
 */
export function fitLinear(
  rows: readonly Float64Array[],
  targets: readonly Float64Array[],
): LinearFit | null {
  const [first] = rows
  if (first === undefined || rows.length < 3) return null
  const centred = centre(rows)
  const gram = gramOf(centred)
  const size = first.length
  let unit = 0
  for (let i = 0; i < size; i += 1) unit += gram[i * size + i]! / size
  if (!(unit > 0 && unit < Infinity)) return null
  const aims = targets.map(centreVector)
  let best: LinearFit | null = null
  for (const penalty of PENALTIES) {
    const fit = fitWith(centred, gram, penalty * unit, aims)
    if (fit !== null && (best === null || meanOf(fit.explained) > meanOf(best.explained))) {
      best = fit
    }
  }
  return best
}

function fitWith(
  rows: readonly Float64Array[],
  gram: Float64Array,
  penalty: number,
  targets: readonly Float64Array[],
): LinearFit | null {
  const size = rows[0]!.length
  const bound = gram.slice()
  for (let i = 0; i < size; i += 1) bound[i * size + i]! += penalty
  const factor = choleskyFactor(bound, size)
  if (factor === null) return null
  // How much a row pulls its own value; the intercept has its share of 1 / n.
  const pulls = rows.map(row => 1 / rows.length + dot(row, solveCholesky(factor, row)))
  const fits = targets.map(target => {
    const aim = new Float64Array(size)
    for (const [n, row] of rows.entries()) {
      for (let i = 0; i < size; i += 1) aim[i]! += row[i]! * target[n]!
    }
    const weights = solveCholesky(factor, aim)
    let off = 0
    let all = 0
    for (const [n, row] of rows.entries()) {
      off += ((target[n]! - dot(row, weights)) / Math.max(1e-9, 1 - pulls[n]!)) ** 2
      all += target[n]! ** 2
    }
    return { weights, explained: all === 0 ? 0 : 1 - off / all }
  })
  return {
    weights: fits.map(({ weights }) => weights),
    explained: fits.map(({ explained }) => explained),
  }
}

function centre(rows: readonly Float64Array[]): readonly Float64Array[] {
  const means = rows[0]!.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length)
  return rows.map(row => row.map((value, i) => value - means[i]!))
}

function centreVector(values: Float64Array): Float64Array {
  const mean = meanOf(values)
  return values.map(value => value - mean)
}

/** Σ x xᵀ, row-major. */
function gramOf(rows: readonly Float64Array[]): Float64Array {
  const size = rows[0]!.length
  const gram = new Float64Array(size * size)
  for (const row of rows) {
    for (let i = 0; i < size; i += 1) {
      const value = row[i]!
      for (let j = 0; j < size; j += 1) gram[i * size + j]! += value * row[j]!
    }
  }
  return gram
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let i = 0; i < one.length; i += 1) sum += one[i]! * other[i]!
  return sum
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i += 1) sum += values[i]!
  return sum / values.length
}
