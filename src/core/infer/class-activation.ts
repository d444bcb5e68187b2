import type { FloatImage } from '../image/blur.ts'
import { featureShape } from './pool-features.ts'
import type { Tensor } from './tensor.ts'

/**
 * Where a class comes from: Σ over channels of weight · feature (Zhou et al. 2016, eq. 2), at the features' size.
 *
 * For a network whose logit is a linear function of the mean of its features the mean of the map is that logit
 * without its intercept: positive pixels speak for the class and negative ones against it, in units of the logit.
 * @param features [1, C, height, width].
 * @param weights [classes][C], of the layer after the mean.
 * @throws RangeError for another shape, or a class without weights.
 */
export function classActivation(
  features: Tensor,
  weights: readonly ArrayLike<number>[],
  ofClass: number,
): FloatImage {
  const { channels, width, height, pixels } = featureShape(features)
  const row = weights[ofClass]
  if (row?.length !== channels) {
    throw new RangeError(`${row?.length ?? 'No'} weights of class ${ofClass}, ${channels} channels`)
  }
  const sums = new Float64Array(pixels)
  for (let c = 0; c < channels; c += 1) {
    const weight = row[c]!
    for (let i = 0; i < pixels; i += 1) sums[i]! += weight * features.data[c * pixels + i]!
  }
  return { width, height, pixels: Float32Array.from(sums) }
}
