import type { FloatImage } from './blur.ts'

/** An image as rows: writes row y into `row`, so that pixels can be converted as they are read. */
export interface RowSource {
  readonly width: number
  readonly height: number
  readonly readRow: (y: number, row: Float32Array) => void
}

/**
 * Standard deviation of the smoothing before every second pixel is left out, in pixels.
 *
 * At 1.5 a hundredth of the amplitude at the new limit of resolution is aliased.
 */
export const HALVING_SIGMA = 1.5

const RADIUS = 5
const [k0, k1, k2, k3, k4, k5] = halfKernel() as [number, number, number, number, number, number]

/**
 * Gaussian smoothing, then every second pixel of every second row: the next level of a pyramid.
 *
 * Only the pixels that are kept are computed. Edges repeated, kernel cut at 3.3 σ. The sums are
 * written out because a loop over the kernel takes twice as long.
 */
export function halve(source: RowSource): FloatImage {
  const width = Math.ceil(source.width / 2)
  const height = Math.ceil(source.height / 2)
  const pixels = new Float32Array(width * height)
  const rowAt = keepRows(source)
  const sums = new Float32Array(source.width)
  const padded = new Float32Array(source.width + 2 * RADIUS + 1)
  for (let y = 0; y < height; y += 1) {
    addRows(
      Array.from({ length: 2 * RADIUS + 1 }, (_, i) => rowAt(2 * y + i - RADIUS)),
      sums,
    )
    padded.fill(sums[0]!, 0, RADIUS)
    padded.set(sums, RADIUS)
    padded.fill(sums.at(-1)!, RADIUS + sums.length)
    blurAlternate(padded, pixels.subarray(y * width, (y + 1) * width))
  }
  return { width, height, pixels }
}

/** The rows of an image in memory. */
export function rowsOf({ width, height, pixels }: FloatImage): RowSource {
  return {
    width,
    height,
    readRow: (y, row) => row.set(pixels.subarray(y * width, (y + 1) * width)),
  }
}

/** Half of a symmetric kernel: [centre, ±1, ±2, …], the whole of it sums to 1. */
function halfKernel(): number[] {
  const half = Array.from({ length: RADIUS + 1 }, (_, i) =>
    Math.exp((-0.5 * i * i) / HALVING_SIGMA ** 2),
  )
  const sum = half.reduce((total, weight, i) => total + (i === 0 ? weight : 2 * weight), 0)
  return half.map(weight => weight / sum)
}

/** Reads each row once, in order; the first and last row stand for those outside. */
function keepRows({ width, height, readRow }: RowSource): (y: number) => Float32Array {
  const kept = 2 * RADIUS + 2
  const rows = Array.from({ length: kept }, () => new Float32Array(width))
  let read = 0
  return y => {
    const inside = Math.min(Math.max(y, 0), height - 1)
    for (; read <= inside; read += 1) readRow(read, rows[read % kept]!)
    return rows[inside % kept]!
  }
}

function addRows(rows: readonly Float32Array[], sums: Float32Array): void {
  const [a5, a4, a3, a2, a1, centre, b1, b2, b3, b4, b5] = rows as Eleven
  for (let x = 0; x < sums.length; x += 1) {
    sums[x] =
      k0 * centre[x]! +
      k1 * (a1[x]! + b1[x]!) +
      k2 * (a2[x]! + b2[x]!) +
      k3 * (a3[x]! + b3[x]!) +
      k4 * (a4[x]! + b4[x]!) +
      k5 * (a5[x]! + b5[x]!)
  }
}

type Eleven = [
  ...[Float32Array, Float32Array, Float32Array, Float32Array, Float32Array, Float32Array],
  ...[Float32Array, Float32Array, Float32Array, Float32Array, Float32Array],
]

function blurAlternate(row: Float32Array, out: Float32Array): void {
  for (let x = 0; x < out.length; x += 1) {
    const c = 2 * x + RADIUS
    out[x] =
      k0 * row[c]! +
      k1 * (row[c - 1]! + row[c + 1]!) +
      k2 * (row[c - 2]! + row[c + 2]!) +
      k3 * (row[c - 3]! + row[c + 3]!) +
      k4 * (row[c - 4]! + row[c + 4]!) +
      k5 * (row[c - 5]! + row[c + 5]!)
  }
}
