import type { FloatImage } from '../image/blur.ts'
import type { Labels } from '../image/labels.ts'
import { meansOf, quantilesOf } from './object-statistics.ts'

/** A nucleus is as bright as its upper quartile: half-lit rims and dark nucleoli do not count. */
const BRIGHT = 0.75

/**
 * The brightness at which each object has its outline: a level between its own background and its own brightness.
 *
 * At level 0.5 this is the half maximum, where the edge of an evenly lit body lies after any symmetric
 * blur. Each object has a value of its own, so a bright one keeps no halo and a dim one stays whole.
 */
export function outlineBrightness(
  objects: Labels,
  image: FloatImage,
  background: FloatImage,
  level: number,
): Float64Array {
  const bright = quantilesOf(objects, image, BRIGHT)
  const dark = meansOf(objects, background)
  return bright.map((value, label) => dark[label]! + level * (value - dark[label]!))
}

/** Cuts each object back to where the image reaches the brightness of its outline. */
export function trimToOutline(objects: Labels, image: FloatImage, outline: Float64Array): Labels {
  const pixels = new Uint32Array(objects.pixels.length)
  for (let i = 0; i < pixels.length; i += 1) {
    const label = objects.pixels[i]!
    if (label !== 0 && image.pixels[i]! >= outline[label]!) pixels[i] = label
  }
  return { ...objects, pixels }
}
