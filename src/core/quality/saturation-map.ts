import { histogramOf } from '../image/histogram.ts'
import type { Plane } from '../image/plane.ts'
import { cameraRange } from './camera-range.ts'
import { evenMap, type QualityMap } from './quality-map.ts'

/** Side of a tile in which clipped pixels are counted, in pixels. */
const SATURATION_STEP = 32

/**
 * Share of each tile's pixels, 0 to 1, that are at the count where the camera clips: what `saturated_fraction` is over
 * the whole plane. NaN everywhere when that count is not known.
 */
export function mapSaturation(plane: Plane): QualityMap {
  const histogram = histogramOf(plane.pixels)
  const ceiling = cameraRange(plane, histogram)
  const step = SATURATION_STEP
  if (histogram.total === 0 || ceiling === null) return evenMap(plane, step, NaN)
  const map = evenMap(plane, step, 0)
  const { width, height, pixels, clipped } = plane
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / step) * map.width
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x
      const full = clipped === undefined ? pixels[i] === ceiling : clipped[i] === 1
      if (full) map.values[row + Math.floor(x / step)]! += 1
    }
  }
  for (let row = 0; row < map.height; row += 1) {
    const rows = Math.min(step, height - row * step)
    for (let column = 0; column < map.width; column += 1) {
      map.values[row * map.width + column]! /= rows * Math.min(step, width - column * step)
    }
  }
  return map
}
