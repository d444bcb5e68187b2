import type { FloatImage } from '../image/blur.ts'
import type { Labels } from '../image/labels.ts'
import { meansOf, quantilesOf } from './object-statistics.ts'

/** Of each object, by its number. */
export interface ObjectBrightness {
  /** Upper quartile of its pixels, so that half-lit rims and dark nucleoli do not count. */
  readonly bright: Float64Array
  /** Mean of the background behind it. */
  readonly dark: Float64Array
}

export function brightnessOf(
  objects: Labels,
  image: FloatImage,
  background: FloatImage,
): ObjectBrightness {
  return { bright: quantilesOf(objects, image, 0.75), dark: meansOf(objects, background) }
}

/**
 * Cuts each object back to where it reaches a level between its own background (0) and its own brightness (1).
 *
 * At level 0.5 this is the half maximum, where the edge of an evenly lit body lies after any symmetric
 * blur. Each object has a threshold of its own, so a bright one keeps no halo and a dim one stays whole.
 */
export function trimToOutline(
  objects: Labels,
  image: FloatImage,
  { bright, dark }: ObjectBrightness,
  level: number,
): Labels {
  const threshold = bright.map((value, label) => dark[label]! + level * (value - dark[label]!))
  const pixels = new Uint32Array(objects.pixels.length)
  for (let i = 0; i < pixels.length; i += 1) {
    const label = objects.pixels[i]!
    if (label !== 0 && image.pixels[i]! >= threshold[label]!) pixels[i] = label
  }
  return { ...objects, pixels }
}
