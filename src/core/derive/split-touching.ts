import { gaussianBlur, type FloatImage } from '../image/blur.ts'
import type { Labels } from '../image/labels.ts'
import type { Mask } from '../image/mask.ts'
import { joinFragments, type JointShape } from './join-fragments.ts'
import { splitByDynamics } from './split-by-dynamics.ts'

/** Splits a mask where distance to its border × brightness falls by a tenth between two hills. */
export function splitCoarsely(mask: Mask, distance: FloatImage, contrast: FloatImage): Labels {
  return splitByDynamics(nuclearHeights(mask, distance, contrast), mask, fall(0.1))
}

/**
 * Splits touching nuclei: first into fragments, at the slightest fall between two hills, then joins
 * fragments that together look like one nucleus.
 *
 * @param distance from each pixel of the mask to the rest.
 * @param contrast brightness above the background, smoothed.
 * @param radius of the disc inscribed in a typical nucleus, in pixels.
 * @param joinOdds how many times likelier "one" than "two" must be.
 */
export function splitTouching(
  mask: Mask,
  distance: FloatImage,
  contrast: FloatImage,
  radius: number,
  joinOdds: number,
): Labels {
  const heights = nuclearHeights(
    mask,
    gaussianBlur(distance, Math.max(0.5, 0.06 * radius)),
    gaussianBlur(contrast, 0.1 * radius),
  )
  const fragments = splitByDynamics(heights, mask, fall(0.015))
  const bar = Math.log(joinOdds)
  return joinFragments(fragments, heights, Math.PI * radius * radius, joint => logOdds(joint) - bar)
}

/**
 * Logarithm of distance × brightness: a valley of either is a valley, and a fall is a fraction,
 * the same for large and small, bright and dim nuclei.
 */
function nuclearHeights(mask: Mask, distance: FloatImage, contrast: FloatImage): FloatImage {
  const { width, height } = mask
  const pixels = new Float32Array(mask.pixels.length)
  for (let i = 0; i < pixels.length; i += 1) {
    if (mask.pixels[i] === 0) continue
    pixels[i] = Math.log((distance.pixels[i]! + 0.5) * Math.max(1e-3, contrast.pixels[i]!))
  }
  return { width, height, pixels }
}

/** The step in the logarithm that a fall by a fraction is. */
function fall(fraction: number): number {
  return -Math.log1p(-fraction)
}

/**
 * Log odds that two neighbouring fragments are one nucleus rather than two.
 *
 * A logistic regression over 1447 pairs of fragments in BBBC038; fitted without each group of images
 * in turn it tells the pairs of that group apart with an area under the curve of 0.92 to 0.96.
 */
function logOdds({ dynamics, solidity, relativeArea }: JointShape): number {
  return 14.2 * solidity - 1.24 * Math.log(dynamics + 0.01) - 2 * Math.log(relativeArea) - 13.6
}
