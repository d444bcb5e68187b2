import type { Plane } from '../image/plane.ts'

/** Sums over tiles that cover a plane evenly, row-major. */
export interface Tiles {
  readonly rows: number
  readonly columns: number
  readonly pixels: Uint32Array
  readonly sum: Float64Array
  readonly sumOfSquares: Float64Array
}

/**
 * Divides a plane as CellProfiler does, into ⌈height/side⌉ × ⌈width/side⌉ tiles of nearly equal size:
 * pixel (y, x) is in tile (⌊y·rows/height⌋, ⌊x·columns/width⌋).
 */
export function sumTiles({ width, height, pixels }: Plane, side: number): Tiles {
  const rows = Math.ceil(height / side)
  const columns = Math.ceil(width / side)
  const edges = Array.from({ length: columns + 1 }, (_, c) => Math.ceil((c * width) / columns))
  const count = new Uint32Array(rows * columns)
  const sum = new Float64Array(rows * columns)
  const sumOfSquares = new Float64Array(rows * columns)
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y * rows) / height)
    for (let column = 0; column < columns; column += 1) {
      const end = y * width + edges[column + 1]!
      let total = 0
      let squares = 0
      for (let i = y * width + edges[column]!; i < end; i += 1) {
        const value = pixels[i]!
        total += value
        squares += value * value
      }
      const tile = row * columns + column
      count[tile]! += edges[column + 1]! - edges[column]!
      sum[tile]! += total
      sumOfSquares[tile]! += squares
    }
  }
  return { rows, columns, pixels: count, sum, sumOfSquares }
}
