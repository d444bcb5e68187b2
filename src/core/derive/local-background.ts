import { gaussianBlur, type FloatImage } from '../image/blur.ts'
import type { Mask } from '../image/mask.ts'
import { enlarge } from './enlarge.ts'

/**
 * What the image would be without its objects: the weighted mean of the background around each pixel.
 *
 * A normalised convolution (Knutsson & Westin 1993) on a coarse grid, between whose cells it is
 * interpolated; where no background is near, the mean of all background takes over.
 * @param sigma standard deviation of the Gaussian weights, in pixels.
 */
export function localBackground(image: FloatImage, background: Mask, sigma: number): FloatImage {
  const { width, height } = image
  const cell = Math.max(1, Math.floor(sigma / 3))
  const columns = Math.ceil(width / cell)
  const rows = Math.ceil(height / cell)
  const sums = new Float32Array(columns * rows)
  const weights = new Float32Array(columns * rows)
  let total = 0
  let count = 0
  for (let y = 0; y < height; y += 1) {
    const gridRow = Math.floor(y / cell) * columns
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x
      if (background.pixels[i] === 0) continue
      const g = gridRow + Math.floor(x / cell)
      sums[g]! += image.pixels[i]!
      weights[g]! += 1
      total += image.pixels[i]!
      count += 1
    }
  }
  const everywhere = count === 0 ? smallestOf(image.pixels) : total / count
  const blurredSums = gaussianBlur({ width: columns, height: rows, pixels: sums }, sigma / cell)
  const blurredWeights = gaussianBlur(
    { width: columns, height: rows, pixels: weights },
    sigma / cell,
  )
  const faint = 1e-4 * cell * cell
  const grid = blurredSums.pixels.map(
    (sum, i) => (sum + faint * everywhere) / (blurredWeights.pixels[i]! + faint),
  )
  return enlarge({ width: columns, height: rows, pixels: grid }, { width, height, cell })
}

function smallestOf(pixels: Float32Array): number {
  let smallest = Infinity
  for (let i = 0; i < pixels.length; i += 1) if (pixels[i]! < smallest) smallest = pixels[i]!
  return smallest
}
