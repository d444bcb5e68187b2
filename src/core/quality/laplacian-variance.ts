import type { Plane } from '../image/plane.ts'

/**
 * Variance of the Laplacian, in counts² of the pixels as stored: the familiar focus number.
 *
 * Equals OpenCV's `Laplacian(image, CV_64F).var()`: four neighbours minus four times the centre,
 * edges mirrored without repeating them. It follows brightness, noise and cell number as much as focus.
 */
export function measureLaplacianVariance({ width, height, pixels }: Plane): number {
  const rowAt = (y: number): Plane['pixels'] => {
    const start = mirrored(y, height) * width
    return pixels.subarray(start, start + width)
  }
  const last = width - 1
  let sum = 0
  let squares = 0
  for (let y = 0; y < height; y += 1) {
    const above = rowAt(y - 1)
    const row = rowAt(y)
    const below = rowAt(y + 1)
    let left = row[mirrored(-1, width)]!
    let centre = row[0]!
    for (let x = 0; x < last; x += 1) {
      const right = row[x + 1]!
      const laplacian = left + right + above[x]! + below[x]! - 4 * centre
      sum += laplacian
      squares += laplacian * laplacian
      left = centre
      centre = right
    }
    const mirror = row[mirrored(width, width)]!
    const laplacian = left + mirror + above[last]! + below[last]! - 4 * centre
    sum += laplacian
    squares += laplacian * laplacian
  }
  const count = width * height
  return Math.max(0, squares / count - (sum / count) ** 2)
}

/** The index inside a side that stands for one just outside: −1 is 1, `size` is size − 2. */
function mirrored(index: number, size: number): number {
  if (size === 1) return 0
  if (index < 0) return -index
  return index < size ? index : 2 * (size - 1) - index
}
