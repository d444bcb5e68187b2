import type { Pixels, Plane } from './plane.ts'

export interface Thumbnail {
  readonly width: number
  readonly height: number
  readonly pixels: Uint16Array
}

/**
 * Means of square blocks, as small as makes the longest side at most `side` pixels.
 *
 * Whole numbers keep their counts. Float intensities of 0 to 1, as colour images have them, become 0 to 65535; where
 * they go beyond 1 they are taken for counts. What is not finite counts for nothing.
 */
export function thumbnailOf(plane: Plane, side: number): Thumbnail {
  const block = Math.max(1, Math.ceil(Math.max(plane.width, plane.height) / side))
  const width = Math.ceil(plane.width / block)
  const height = Math.ceil(plane.height / block)
  const factor = plane.pixels instanceof Float32Array && isShare(plane.pixels) ? 65535 : 1
  const finite = !(plane.pixels instanceof Float32Array)
  const pixels = new Uint16Array(width * height)
  const sums = new Float64Array(width)
  const counts = new Uint32Array(width)
  for (let y = 0; y < height; y += 1) {
    sums.fill(0)
    counts.fill(0)
    const bottom = Math.min((y + 1) * block, plane.height)
    for (let v = y * block; v < bottom; v += 1) {
      const row = plane.pixels.subarray(v * plane.width, (v + 1) * plane.width)
      if (finite) addRow(row, block, sums, counts)
      else addFinite(row, block, sums, counts)
    }
    for (let x = 0; x < width; x += 1) {
      const mean = counts[x] === 0 ? 0 : (sums[x]! / counts[x]!) * factor
      pixels[y * width + x] = Math.min(Math.max(Math.round(mean), 0), 65535)
    }
  }
  return { width, height, pixels }
}

function addRow(row: Pixels, block: number, sums: Float64Array, counts: Uint32Array): void {
  for (let x = 0; x < sums.length; x += 1) {
    const end = Math.min((x + 1) * block, row.length)
    let sum = 0
    for (let u = x * block; u < end; u += 1) sum += row[u]!
    sums[x]! += sum
    counts[x]! += end - x * block
  }
}

function addFinite(row: Pixels, block: number, sums: Float64Array, counts: Uint32Array): void {
  for (let u = 0; u < row.length; u += 1) {
    const value = row[u]!
    if (!Number.isFinite(value)) continue
    const x = Math.floor(u / block)
    sums[x]! += value
    counts[x]! += 1
  }
}

function isShare(pixels: Float32Array): boolean {
  return pixels.every(value => !Number.isFinite(value) || value <= 1)
}
