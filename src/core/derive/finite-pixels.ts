import type { FloatImage } from '../image/blur.ts'
import type { Plane } from '../image/plane.ts'

/**
 * The plane as real numbers without gaps: what is not a number becomes the smallest pixel,
 * what is infinite the smallest or largest finite one.
 */
export function finitePixels({ width, height, pixels }: Plane): FloatImage {
  const out = new Float32Array(pixels)
  if (!(pixels instanceof Float32Array)) return { width, height, pixels: out }
  let smallest = Infinity
  let largest = -Infinity
  for (let i = 0; i < out.length; i += 1) {
    if (!Number.isFinite(out[i])) continue
    if (out[i]! < smallest) smallest = out[i]!
    if (out[i]! > largest) largest = out[i]!
  }
  if (smallest > largest) return { width, height, pixels: out.fill(0) }
  for (let i = 0; i < out.length; i += 1) {
    if (Number.isNaN(out[i])) out[i] = smallest
    else out[i] = Math.min(largest, Math.max(smallest, out[i]!))
  }
  return { width, height, pixels: out }
}
