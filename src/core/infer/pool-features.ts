import type { MapSize } from './predictive-sum.ts'
import type { Tensor } from './tensor.ts'

export type Pool = 'mean' | 'mean-std'

/**
 * One vector for a whole field from the features of its pixels.
 *
 * @param features [1, C, height, width]; [1, C] is taken as it is.
 * @param weights of the pixels, height × width, none negative, such as `shrinkMap` makes of the foreground;
 *   null, or weights of nearly nothing (mean < 1e-6), for all alike.
 * @returns C means; for `mean-std` the C standard deviations (divided by n, or the weights' sum) after them.
 * @throws RangeError for features or weights of another shape.
 */
export function poolFeatures(
  features: Tensor,
  weights: Float32Array | null = null,
  pool: Pool = 'mean',
): Float64Array {
  const { channels, pixels } = featureShape(features)
  if (weights !== null && weights.length !== pixels) {
    throw new RangeError(`${weights.length} weights for ${pixels} pixels`)
  }
  const used = weights !== null && sumOf(weights) >= 1e-6 * pixels ? weights : null
  const total = used === null ? pixels : sumOf(used)
  const out = new Float64Array(pool === 'mean' ? channels : 2 * channels)
  for (let c = 0; c < channels; c += 1) {
    const values = features.data.subarray(c * pixels, (c + 1) * pixels)
    const mean = weightedSum(values, used, 0, 1) / total
    out[c] = mean
    if (pool === 'mean-std') {
      out[channels + c] = Math.sqrt(weightedSum(values, used, mean, 2) / total)
    }
  }
  return out
}

/** Channels and size of features [1, C, height, width] or [1, C]. @throws RangeError for other shapes. */
export function featureShape({ data, dims }: Tensor): MapSize & {
  readonly channels: number
  readonly pixels: number
} {
  const [batch, channels = 0, height = 1, width = 1] = dims
  const pixels = height * width
  if (
    batch !== 1 ||
    (dims.length !== 4 && dims.length !== 2) ||
    data.length !== channels * pixels
  ) {
    throw new RangeError(`Features of [${dims.join(', ')}] with ${data.length} values`)
  }
  return { channels, width, height, pixels }
}

/**
 * Shrinks a map to the size of features by the mean of the pixels in each cell. Cells are squares of as many whole
 * pixels as the features are coarser; those at the right and below may lie partly outside.
 *
 * @throws RangeError for a map that is smaller than the features.
 */
export function shrinkMap(map: Float32Array, from: MapSize, to: MapSize): Float32Array {
  if (from.width < to.width || from.height < to.height) {
    throw new RangeError(`${from.width}×${from.height} pixels to ${to.width}×${to.height}`)
  }
  const across = Math.ceil(from.width / to.width)
  const down = Math.ceil(from.height / to.height)
  const sums = new Float64Array(to.width * to.height)
  const counts = new Uint32Array(sums.length)
  for (let y = 0; y < from.height; y += 1) {
    const row = Math.floor(y / down) * to.width
    for (let x = 0; x < from.width; x += 1) {
      const cell = row + Math.floor(x / across)
      sums[cell]! += map[y * from.width + x]!
      counts[cell]! += 1
    }
  }
  return Float32Array.from(sums, (sum, i) => (counts[i] === 0 ? 0 : sum / counts[i]!))
}

/** Σ weight · (value − origin)^power for a power of 1 or 2. */
function weightedSum(
  values: Float32Array,
  weights: Float32Array | null,
  origin: number,
  power: 1 | 2,
): number {
  let sum = 0
  for (let i = 0; i < values.length; i += 1) {
    const off = values[i]! - origin
    const weight = weights === null ? 1 : weights[i]!
    sum += weight * (power === 1 ? off : off * off)
  }
  return sum
}

function sumOf(values: Float32Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}
