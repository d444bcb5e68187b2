import { gaussianBlur, type FloatImage } from '../image/blur.ts'

/**
 * The inscribed radius that half of the foreground belongs to: peaks of the distance transform,
 * each weighted by the area of its disc. Null without a peak of at least one pixel.
 *
 * A disc inscribed in a cluster still has about the radius of one nucleus, and dust has no weight.
 * @param distance to the background, in pixels.
 */
export function typicalInscribedRadius(distance: FloatImage): number | null {
  const { width, height } = distance
  // Smoothed a little, else the staircase of a border makes many peaks of one.
  const smooth = gaussianBlur(distance, 1).pixels
  const radii: number[] = []
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x
      if (distance.pixels[i]! >= 1 && isPeak(smooth, width, height, x, y)) {
        const radius = distance.pixels[i]!
        if (Number.isFinite(radius)) radii.push(radius)
      }
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

/** Higher than all eight neighbours, the earlier of two equals. */
function isPeak(
  pixels: Float32Array,
  width: number,
  height: number,
  x: number,
  y: number,
): boolean {
  const i = y * width + x
  const value = pixels[i]!
  for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v += 1) {
    for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u += 1) {
      const j = v * width + u
      if (pixels[j]! > value || (pixels[j] === value && j < i)) return false
    }
  }
  return true
}
