import { z } from 'zod'
import { fail, ok, type FaultOf, type Result } from '../fault.ts'
import { choleskyFactor, solveLower } from './cholesky.ts'

/** How far fields lie from what a network was trained on, and how far fields that are well known do. */
export interface NoveltyStatistics {
  /** Output of the network whose features are pooled. */
  readonly features: string
  readonly pool: 'mean' | 'mean-std'
  /** Whether pixels weigh by their foreground probability. */
  readonly weights: 'none' | 'foreground'
  readonly mean: Float64Array
  /** Squared Mahalanobis distance is |factor⁻¹ (x − mean)|² for the covariance, |factorᵀ (x − mean)|² for the precision. */
  readonly factor: { readonly of: 'covariance' | 'precision'; readonly lower: Float64Array }
  readonly quantiles: Quantiles
  readonly neighbours: NeighbourStatistics | null
}

/** Distances of held-out fields: a share of `p` lies within `distance`. Both rise. */
export interface Quantiles {
  readonly p: readonly number[]
  readonly distance: readonly number[]
}

export interface NeighbourStatistics {
  readonly k: number
  readonly vectors: readonly Float64Array[]
  readonly quantiles: Quantiles
}

export interface Novelty {
  /** Share of held-out fields that are less unusual, 0 to 1; the larger one where there are two distances. */
  readonly novelty: number
  /** Mahalanobis distance to the mean of the training fields. */
  readonly distance: number
  /** The distance over the largest of held-out fields: orders fields that are all beyond. */
  readonly beyond: number
  /** Mean of 1 − cosine over the k nearest training fields, 0 to 2; null where none are kept. */
  readonly neighbourDistance: number | null
}

/** Reads the statistics that a network's package brings. */
export function parseNoveltyStatistics(
  document: unknown,
  path: string,
): Result<NoveltyStatistics, FaultOf<'model-invalid'>> {
  const parsed = Statistics.safeParse(document)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    const place = issue.path.length === 0 ? 'document' : issue.path.join('.')
    return fail({ kind: 'model-invalid', path, detail: `${place}: ${issue.message}` })
  }
  const { covariance, precision, mean, neighbours, features, pool, weights, quantiles } =
    parsed.data
  const of = covariance === undefined ? 'precision' : 'covariance'
  const lower = choleskyFactor(
    Float64Array.from((covariance ?? precision ?? []).flat()),
    mean.length,
  )
  if (lower === null) {
    return fail({ kind: 'model-invalid', path, detail: `${of}: not positive definite` })
  }
  return ok({
    features,
    pool,
    weights,
    mean: Float64Array.from(mean),
    factor: { of, lower },
    quantiles,
    neighbours:
      neighbours === undefined
        ? null
        : { ...neighbours, vectors: neighbours.vectors.map(vector => Float64Array.from(vector)) },
  })
}

/**
 * How unusual a pooled vector is among those of fields that the network knows (Lee et al. 2018, with one class).
 *
 * @throws RangeError for a vector of another length than the statistics'.
 */
export function noveltyOf(vector: Float64Array, statistics: NoveltyStatistics): Novelty {
  const { quantiles, neighbours } = statistics
  const distance = mahalanobisDistance(vector, statistics)
  const far = distance / (quantiles.distance.at(-1) ?? 0)
  const byMean = shareWithin(quantiles, distance)
  if (neighbours === null) {
    return { novelty: byMean, distance, beyond: far, neighbourDistance: null }
  }
  const neighbourDistance = nearestDistance(vector, neighbours.vectors, neighbours.k)
  return {
    novelty: Math.max(byMean, shareWithin(neighbours.quantiles, neighbourDistance)),
    distance,
    beyond: Math.max(far, neighbourDistance / (neighbours.quantiles.distance.at(-1) ?? 0)),
    neighbourDistance,
  }
}

/** √((x − mean)ᵀ covariance⁻¹ (x − mean)). @throws RangeError for a vector of another length. */
export function mahalanobisDistance(
  vector: ArrayLike<number>,
  { mean, factor }: Pick<NoveltyStatistics, 'mean' | 'factor'>,
): number {
  const size = mean.length
  if (vector.length !== size) throw new RangeError(`${vector.length} features, not ${size}`)
  const off = mean.map((middle, i) => vector[i]! - middle)
  const white = factor.of === 'covariance' ? solveLower(factor.lower, off) : new Float64Array(size)
  if (factor.of === 'precision') {
    for (let row = 0; row < size; row += 1) {
      for (let k = 0; k <= row; k += 1) white[k]! += factor.lower[row * size + k]! * off[row]!
    }
  }
  return Math.hypot(...white)
}

/** Mean of 1 − cosine over the k nearest, or over all where there are fewer (Sun et al. 2022, with the mean for the k-th). */
export function nearestDistance(
  vector: ArrayLike<number>,
  references: readonly ArrayLike<number>[],
  k: number,
): number {
  const distances = Float64Array.from(references, reference => 1 - cosine(vector, reference)).sort()
  const nearest = distances.subarray(0, k)
  return nearest.reduce((sum, distance) => sum + distance, 0) / nearest.length
}

/** Linear between the points, 0 below the first and 1 above the last. */
export function shareWithin({ p, distance }: Quantiles, value: number): number {
  if (!(value <= distance.at(-1)!)) return 1
  if (value < distance[0]!) return 0
  let above = 1
  while (above < distance.length - 1 && distance[above]! <= value) above += 1
  const low = distance[above - 1]!
  const high = distance[above]!
  const part = high > low ? (value - low) / (high - low) : 1
  return p[above - 1]! + (p[above]! - p[above - 1]!) * part
}

/** 0 for a vector of length 0. */
function cosine(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) throw new RangeError(`${one.length} and ${other.length} numbers`)
  let product = 0
  let square = 0
  let otherSquare = 0
  for (let i = 0; i < one.length; i += 1) {
    product += one[i]! * other[i]!
    square += one[i]! * one[i]!
    otherSquare += other[i]! * other[i]!
  }
  return square === 0 || otherSquare === 0 ? 0 : product / Math.sqrt(square * otherSquare)
}

const Vector = z.array(z.number()).min(1).max(4096)

const QuantilesDocument = z
  .strictObject({
    p: z.array(z.number().min(0).max(1)).min(2),
    distance: z.array(z.number().min(0)),
  })
  .refine(({ p, distance }) => p.length === distance.length, 'as many p as distances')
  .refine(({ p }) => p.every((value, i) => i === 0 || value > p[i - 1]!), 'p must rise')
  .refine(
    ({ distance }) => distance.every((value, i) => i === 0 || value >= distance[i - 1]!),
    'distances must not fall',
  )
  .refine(({ distance }) => distance.at(-1)! > 0, 'the last distance must be above 0')

const Statistics = z
  .strictObject({
    format: z.literal(1).default(1),
    features: z.string().min(1),
    pool: z.enum(['mean', 'mean-std']).default('mean'),
    weights: z.enum(['none', 'foreground']).default('none'),
    mean: Vector,
    covariance: z.array(Vector).optional(),
    precision: z.array(Vector).optional(),
    quantiles: QuantilesDocument,
    neighbours: z
      .strictObject({
        k: z.int().min(1),
        vectors: z.array(Vector).min(1).max(10_000),
        quantiles: QuantilesDocument,
      })
      .optional(),
  })
  .refine(
    ({ covariance, precision }) => (covariance === undefined) !== (precision === undefined),
    'either covariance or precision',
  )
  .refine(
    ({ mean, covariance, precision }) => isSymmetric(covariance ?? precision ?? [], mean.length),
    'covariance or precision must be square, symmetric and of the size of the mean',
  )
  .refine(
    ({ mean, neighbours }) =>
      neighbours === undefined || neighbours.vectors.every(({ length }) => length === mean.length),
    'neighbours must be of the size of the mean',
  )

/** Up to the rounding of numbers with seven digits. */
function isSymmetric(rows: readonly (readonly number[])[], size: number): boolean {
  if (rows.length !== size || rows.some(row => row.length !== size)) return false
  const largest = rows.reduce((most, row, i) => Math.max(most, Math.abs(row[i]!)), 0)
  return rows.every((row, i) =>
    row.every((value, j) => Math.abs(value - rows[j]![i]!) <= 1e-5 * largest),
  )
}
