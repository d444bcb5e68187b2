import type { FloatImage } from '../image/blur.ts'
import type { Labels } from '../image/labels.ts'

/**
 * Bilinear interpolation between the centres of cells of `cell` × `cell` pixels.
 *
 * @param width of the result; the last cells of a row or column may be cut.
 */
export function enlarge(grid: FloatImage, cell: number, width: number, height: number): FloatImage {
  if (cell === 1) return grid
  const pixels = new Float32Array(width * height)
  const left = new Int32Array(width)
  const right = new Int32Array(width)
  const share = new Float32Array(width)
  for (let x = 0; x < width; x += 1) {
    const at = (x + 0.5) / cell - 0.5
    left[x] = Math.max(0, Math.floor(at))
    right[x] = Math.min(grid.width - 1, Math.floor(at) + 1)
    share[x] = at - Math.floor(at)
  }
  for (let y = 0; y < height; y += 1) {
    const at = (y + 0.5) / cell - 0.5
    const top = Math.max(0, Math.floor(at)) * grid.width
    const bottom = Math.min(grid.height - 1, Math.floor(at) + 1) * grid.width
    const down = at - Math.floor(at)
    for (let x = 0; x < width; x += 1) {
      const l = left[x]!
      const r = right[x]!
      const s = share[x]!
      const above = grid.pixels[top + l]! * (1 - s) + grid.pixels[top + r]! * s
      const below = grid.pixels[bottom + l]! * (1 - s) + grid.pixels[bottom + r]! * s
      pixels[y * width + x] = above * (1 - down) + below * down
    }
  }
  return { width, height, pixels }
}

/** Each pixel belongs to the object of its cell. */
export function enlargeLabels(labels: Labels, cell: number, width: number, height: number): Labels {
  if (cell === 1) return labels
  const { width: columns, pixels: cells, count } = labels
  const pixels = new Uint32Array(width * height)
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / cell) * columns
    for (let x = 0; x < width; x += 1) pixels[y * width + x] = cells[row + Math.floor(x / cell)]!
  }
  return { width, height, pixels, count }
}
