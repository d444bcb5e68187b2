import type { FloatImage } from '../image/blur.ts'

/** Image of cells of `cell` × `cell` pixels each; the last ones of a row or column may be cut. */
export interface Enlargement {
  readonly width: number
  readonly height: number
  readonly cell: number
}

/** Bilinear interpolation between the centres of cells. */
export function enlarge(grid: FloatImage, to: Enlargement): FloatImage {
  const { width, height } = to
  const pixels = new Float32Array(width * height)
  const rowAt = enlargedRows(grid, to)
  for (let y = 0; y < height; y += 1) pixels.set(rowAt(y), y * width)
  return { width, height, pixels }
}

/** The rows of an enlarged image one at a time; each replaces the one before. */
export function enlargedRows(
  grid: FloatImage,
  { width, cell }: Enlargement,
): (y: number) => Float32Array {
  if (cell === 1) return y => grid.pixels.subarray(y * width, (y + 1) * width)
  const row = new Float32Array(width)
  const between = new Float32Array(grid.width)
  const left = new Int32Array(width)
  const share = new Float32Array(width)
  for (let x = 0; x < width; x += 1) {
    const at = cellAt(x, cell, grid.width)
    left[x] = Math.min(Math.floor(at), Math.max(0, grid.width - 2))
    share[x] = at - left[x]!
  }
  return y => {
    const at = cellAt(y, cell, grid.height)
    const top = Math.floor(at)
    const above = top * grid.width
    const below = Math.min(grid.height - 1, top + 1) * grid.width
    const down = at - top
    for (let x = 0; x < grid.width; x += 1) {
      between[x] = grid.pixels[above + x]! * (1 - down) + grid.pixels[below + x]! * down
    }
    if (grid.width === 1) return row.fill(between[0]!)
    for (let x = 0; x < width; x += 1) {
      const l = left[x]!
      row[x] = between[l]! + share[x]! * (between[l + 1]! - between[l]!)
    }
    return row
  }
}

/** Where the centre of a pixel lies among the centres of cells, from 0 to the last. */
function cellAt(pixel: number, cell: number, cells: number): number {
  return Math.min(cells - 1, Math.max(0, (pixel + 0.5) / cell - 0.5))
}
