export interface ShrunkCovariance {
  readonly mean: Float64Array
  /** [size, size], row-major, symmetric. */
  readonly covariance: Float64Array
  /** Share of the mean variance's multiple of the identity, 0 to 1. */
  readonly shrinkage: number
}

/**
 * Covariance from few vectors of many numbers, drawn towards a sphere as far as the vectors leave it open
 * (Ledoit & Wolf 2004, "A well-conditioned estimator for large-dimensional covariance matrices", §3.2).
 *
 * Divided by the number of vectors, as in scikit-learn's LedoitWolf.
 * @throws RangeError for fewer than two vectors or vectors of different length.
 */
export function ledoitWolf(vectors: readonly ArrayLike<number>[]): ShrunkCovariance {
  const count = vectors.length
  const size = vectors[0]?.length ?? 0
  if (count < 2 || vectors.some(vector => vector.length !== size)) {
    throw new RangeError(`Covariance of ${count} vectors, which must be two or more of one length`)
  }
  const mean = new Float64Array(size)
  for (const vector of vectors) {
    for (let i = 0; i < size; i += 1) mean[i]! += vector[i]! / count
  }
  const covariance = new Float64Array(size * size)
  /** Σ over vectors of the squared Frobenius norm of x xᵀ, which is |x|⁴. */
  let fourth = 0
  for (const vector of vectors) {
    const off = mean.map((middle, i) => vector[i]! - middle)
    let square = 0
    for (let i = 0; i < size; i += 1) {
      square += off[i]! * off[i]!
      for (let j = 0; j < size; j += 1) covariance[i * size + j]! += (off[i]! * off[j]!) / count
    }
    fourth += square * square
  }
  let trace = 0
  let frobenius = 0
  for (let i = 0; i < size; i += 1) trace += covariance[i * size + i]!
  for (const value of covariance) frobenius += value * value
  const variance = trace / size
  /** d² and b̄² of the paper, both without their common division by the size. */
  const distance = frobenius - size * variance * variance
  const error = Math.max(0, (fourth / count - frobenius) / count)
  const shrinkage = distance > 0 ? Math.min(1, error / distance) : 1
  for (let i = 0; i < covariance.length; i += 1) covariance[i]! *= 1 - shrinkage
  for (let i = 0; i < size; i += 1) covariance[i * size + i]! += shrinkage * variance
  return { mean, covariance, shrinkage }
}
