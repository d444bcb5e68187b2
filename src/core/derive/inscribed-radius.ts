import type { FloatImage } from '../image/blur.ts'

/**
 * The inscribed radius that half of the foreground belongs to: peaks of the distance transform,
 * each weighted by the area of its disc. Null without a peak of at least one pixel.
 *
 * A disc inscribed in a cluster still has about the radius of one nucleus, and dust has no weight.
 * @param distance to the background, in pixels.
 */
export function typicalInscribedRadius({ width, height, pixels }: FloatImage): number | null {
  const radii: number[] = []
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const radius = pixels[y * width + x]!
      if (radius < 1 || radius === Infinity) continue
      if (isPeak(pixels, width, height, x, y)) radii.push(radius)
    }
  }
  radii.sort((a, b) => a - b)
  const half = radii.reduce((sum, radius) => sum + radius * radius, 0) / 2
  let sum = 0
  for (const radius of radii) {
    sum += radius * radius
    if (sum >= half) return radius
  }
  return null
}

/** Two pixels, so that the staircase of a border does not make many peaks of one. */
const REACH = 2

/** Higher than all pixels around, the earlier of two equals. */
function isPeak(
  pixels: Float32Array,
  width: number,
  height: number,
  x: number,
  y: number,
): boolean {
  const i = y * width + x
  const value = pixels[i]!
  // Most pixels are seen not to be peaks from one of these two.
  if (x > 0 && pixels[i - 1]! >= value) return false
  if (x < width - 1 && pixels[i + 1]! > value) return false
  for (let v = Math.max(0, y - REACH); v <= Math.min(height - 1, y + REACH); v += 1) {
    for (let u = Math.max(0, x - REACH); u <= Math.min(width - 1, x + REACH); u += 1) {
      const j = v * width + u
      if (pixels[j]! > value || (pixels[j] === value && j < i)) return false
    }
  }
  return true
}
