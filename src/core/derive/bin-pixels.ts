import type { FloatImage } from '../image/blur.ts'

/** Means of blocks of `side` × `side` pixels; blocks cut by the right or lower border are means of what is there. */
export function binPixels(image: FloatImage, side: number): FloatImage {
  if (side === 1) return image
  const width = Math.ceil(image.width / side)
  const height = Math.ceil(image.height / side)
  const pixels = new Float32Array(width * height)
  const sums = new Float64Array(width)
  for (let y = 0; y < height; y += 1) {
    sums.fill(0)
    const bottom = Math.min(image.height, (y + 1) * side)
    for (let v = y * side; v < bottom; v += 1) {
      let u = v * image.width
      for (let x = 0; x < width; x += 1) {
        const end = Math.min((x + 1) * side, image.width) + v * image.width
        for (; u < end; u += 1) sums[x]! += image.pixels[u]!
      }
    }
    const rows = bottom - y * side
    for (let x = 0; x < width; x += 1) {
      pixels[y * width + x] = sums[x]! / (rows * (Math.min(image.width, (x + 1) * side) - x * side))
    }
  }
  return { width, height, pixels }
}
