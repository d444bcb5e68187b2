import type { FloatImage } from '../image/blur.ts'
import type { Labels } from '../image/labels.ts'
import { meansOf, quantilesOf } from './object-statistics.ts'

/** A nucleus is as bright as its upper quartile: half-lit rims and dark nucleoli do not count. */
const BRIGHT = 0.75

/**
 * Cuts each object back to where it rises above a level between its own background and its own brightness.
 *
 * At level 0.5 this is the half maximum, where the edge of an evenly lit body lies after any symmetric
 * blur. Each object has a level of its own, so a bright one keeps no halo and a dim one stays whole.
 */
export function trimToOutline(
  objects: Labels,
  image: FloatImage,
  background: FloatImage,
  level: number,
): Labels {
  const bright = quantilesOf(objects, image, BRIGHT)
  const dark = meansOf(objects, background)
  const threshold = bright.map((value, label) => dark[label]! + level * (value - dark[label]!))
  const pixels = objects.pixels.map((label, i) =>
    label !== 0 && image.pixels[i]! >= threshold[label]! ? label : 0,
  )
  return { ...objects, pixels }
}
