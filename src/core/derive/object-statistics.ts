import type { FloatImage } from '../image/blur.ts'
import type { Labels } from '../image/labels.ts'

/** Pixels of each object, by its number; index 0 counts the background. */
export function areasOf(labels: Labels): Uint32Array {
  const areas = new Uint32Array(labels.count + 1)
  for (let i = 0; i < labels.pixels.length; i += 1) areas[labels.pixels[i]!]! += 1
  return areas
}

/** Mean of an image within each object, by its number; NaN for the background and where there is no pixel. */
export function meansOf(labels: Labels, image: FloatImage): Float64Array {
  const sums = new Float64Array(labels.count + 1)
  const areas = new Uint32Array(labels.count + 1)
  for (let i = 0; i < labels.pixels.length; i += 1) {
    const label = labels.pixels[i]!
    if (label === 0) continue
    sums[label]! += image.pixels[i]!
    areas[label]! += 1
  }
  return sums.map((sum, label) => sum / areas[label]!)
}

/** The pixel at a fraction (0 to 1) of each object's pixels in rising order, by its number; NaN where there is none. */
export function quantilesOf(labels: Labels, image: FloatImage, fraction: number): Float64Array {
  const areas = areasOf(labels)
  const start = new Uint32Array(labels.count + 2)
  for (let label = 1; label <= labels.count; label += 1) {
    start[label + 1] = start[label]! + areas[label]!
  }
  const next = start.slice()
  const values = new Float32Array(start[labels.count + 1]!)
  for (let i = 0; i < labels.pixels.length; i += 1) {
    const label = labels.pixels[i]!
    if (label !== 0) values[next[label]!++] = image.pixels[i]!
  }
  return Float64Array.from(areas, (area, label) => {
    if (label === 0 || area === 0) return NaN
    const own = values.subarray(start[label]!, start[label]! + area).sort()
    return own[Math.floor(fraction * (area - 1))]!
  })
}
