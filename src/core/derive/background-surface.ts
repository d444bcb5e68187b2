import type { FloatImage } from '../image/blur.ts'

/** Cells along the shorter side of the image. */
const CELLS = 32
/** Of the pixels of a cell, in rising order, the one that stands for its background. */
const LOW = 0.1
/** Weight of a cell above the surface, against 1 below it: objects stand above, nothing stands below. */
const ABOVE = 0.02
const ROUNDS = 20
const TERMS = 6

/**
 * Uneven illumination as one smooth sheet under the objects: the quadratic surface that runs along the
 * lower side of the image.
 *
 * Asymmetric least squares (Newey & Powell 1987; as a baseline, Eilers & Boelens 2005) on the low
 * quantiles of a grid of cells; six coefficients cannot follow a nucleus.
 */
export function backgroundSurface(image: FloatImage): FloatImage {
  const { width, height } = image
  const cells = lowCells(image)
  let coefficients = new Float64Array(TERMS)
  let weights = new Float64Array(cells.length).fill(1)
  for (let round = 0; round < ROUNDS; round += 1) {
    coefficients = fitQuadratic(cells, weights)
    const next = Float64Array.from(cells, cell =>
      cell.value > valueAt(coefficients, cell.x, cell.y) ? ABOVE : 1,
    )
    if (next.every((weight, i) => weight === weights[i])) break
    weights = next
  }
  const pixels = new Float32Array(width * height)
  for (let y = 0; y < height; y += 1) {
    const v = scaled(y, height)
    for (let x = 0; x < width; x += 1) {
      pixels[y * width + x] = valueAt(coefficients, scaled(x, width), v)
    }
  }
  return { width, height, pixels }
}

interface Cell {
  /** Of its centre, from −1 to 1. */
  readonly x: number
  readonly y: number
  readonly value: number
}

function lowCells({ width, height, pixels }: FloatImage): Cell[] {
  const side = Math.max(4, Math.ceil(Math.min(width, height) / CELLS))
  const cells: Cell[] = []
  for (let top = 0; top < height; top += side) {
    const bottom = Math.min(height, top + side)
    for (let left = 0; left < width; left += side) {
      const right = Math.min(width, left + side)
      const own = new Float32Array((bottom - top) * (right - left))
      for (let y = top; y < bottom; y += 1) {
        own.set(pixels.subarray(y * width + left, y * width + right), (y - top) * (right - left))
      }
      own.sort()
      cells.push({
        x: scaled((left + right - 1) / 2, width),
        y: scaled((top + bottom - 1) / 2, height),
        value: own[Math.floor(LOW * (own.length - 1))]!,
      })
    }
  }
  return cells
}

function scaled(position: number, size: number): number {
  return size === 1 ? 0 : (2 * position) / (size - 1) - 1
}

function valueAt(c: Float64Array, x: number, y: number): number {
  return c[0]! + c[1]! * x + c[2]! * y + c[3]! * x * x + c[4]! * x * y + c[5]! * y * y
}

/** Weighted least squares by the normal equations, with a trace of ridge for images of few cells. */
function fitQuadratic(cells: readonly Cell[], weights: Float64Array): Float64Array<ArrayBuffer> {
  const rows = Array.from({ length: TERMS }, () => new Float64Array(TERMS + 1))
  cells.forEach(({ x, y, value }, i) => {
    const terms = [1, x, y, x * x, x * y, y * y]
    for (let r = 0; r < TERMS; r += 1) {
      for (let c = 0; c < TERMS; c += 1) rows[r]![c]! += weights[i]! * terms[r]! * terms[c]!
      rows[r]![TERMS]! += weights[i]! * terms[r]! * value
    }
  })
  const total = rows[0]![0]!
  for (let r = 1; r < TERMS; r += 1) rows[r]![r]! += 1e-6 * total
  return solve(rows)
}

/** Gauss–Jordan; the matrix is symmetric and positive definite, so no pivot is small. */
function solve(rows: readonly Float64Array[]): Float64Array<ArrayBuffer> {
  for (let pivot = 0; pivot < TERMS; pivot += 1) {
    const own = rows[pivot]!
    const scale = own[pivot]!
    if (scale === 0) continue
    for (let c = 0; c <= TERMS; c += 1) own[c]! /= scale
    for (let r = 0; r < TERMS; r += 1) {
      if (r === pivot) continue
      const factor = rows[r]![pivot]!
      for (let c = 0; c <= TERMS; c += 1) rows[r]![c]! -= factor * own[c]!
    }
  }
  return Float64Array.from(rows, row => row[TERMS]!)
}
