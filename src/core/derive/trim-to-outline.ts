import type { FloatImage } from '../image/blur.ts'
import type { Labels } from '../image/labels.ts'
import { enlargedRows, type Enlargement } from './enlarge.ts'
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
 * @param to finer pixels to draw the outline in, between which the image is interpolated.
 */
export function trimToOutline(
  objects: Labels,
  image: FloatImage,
  { bright, dark }: ObjectBrightness,
  level: number,
  to: Enlargement = { ...image, cell: 1 },
): Labels {
  const { width, height, cell } = to
  const threshold = bright.map((value, label) => dark[label]! + level * (value - dark[label]!))
  const pixels = new Uint32Array(width * height)
  const rowAt = enlargedRows(image, to)
  const column = Int32Array.from({ length: width }, (_, x) => Math.floor(x / cell))
  for (let y = 0; y < height; y += 1) {
    const row = rowAt(y)
    const start = Math.floor(y / cell) * objects.width
    for (let x = 0; x < width; x += 1) {
      const label = objects.pixels[start + column[x]!]!
      if (label !== 0 && row[x]! >= threshold[label]!) pixels[y * width + x] = label
    }
  }
  return { width, height, pixels, count: objects.count }
}
