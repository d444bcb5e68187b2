import { planFourier } from './fft.ts'
import type { Plane } from './plane.ts'

/** Row pairs, or columns, that are transformed together. */
const BATCH = 8

/**
 * The lowest frequencies of a plane's two-dimensional Fourier transform, as powers |F|².
 *
 * Rows hold the vertical frequencies −reach … reach, columns the horizontal ones 0 … reach;
 * the other half of the plane follows from F(−v, −u) = conj F(v, u).
 */
export interface LowSpectrum {
  readonly reach: number
  /** At (v + reach)·(reach + 1) + u. */
  readonly power: Float64Array
}

/**
 * Transforms every row but only the columns asked for, which for an eighth of the frequencies is
 * half of the work of the whole transform.
 *
 * @param offset taken from every pixel first (the mean, so that rounding is relative to the contrast).
 * @param reach highest frequency wanted, in cycles per width and per height; below half of either.
 */
export function lowSpectrum(plane: Plane, offset: number, reach: number): LowSpectrum {
  const { height } = plane
  const columns = reach + 1
  const { re, im } = transformRows(plane, offset, columns)
  const power = new Float64Array((2 * reach + 1) * columns)
  const transform = planFourier(height, BATCH)
  const batchRe = new Float64Array(height * BATCH)
  const batchIm = new Float64Array(height * BATCH)
  for (let first = 0; first < columns; first += BATCH) {
    const count = Math.min(BATCH, columns - first)
    for (let y = 0; y < height; y += 1) {
      for (let q = 0; q < count; q += 1) {
        batchRe[y * BATCH + q] = re[y * columns + first + q]!
        batchIm[y * BATCH + q] = im[y * columns + first + q]!
      }
    }
    transform(batchRe, batchIm)
    for (let v = -reach; v <= reach; v += 1) {
      const from = (v < 0 ? v + height : v) * BATCH
      const to = (v + reach) * columns + first
      for (let q = 0; q < count; q += 1) {
        power[to + q] = batchRe[from + q]! ** 2 + batchIm[from + q]! ** 2
      }
    }
  }
  return { reach, power }
}

/** Two real rows travel as the real and imaginary part of one transform, and are told apart by symmetry. */
function transformRows(
  plane: Plane,
  offset: number,
  columns: number,
): { re: Float64Array; im: Float64Array } {
  const { width, height, pixels } = plane
  const re = new Float64Array(height * columns)
  const im = new Float64Array(height * columns)
  const transform = planFourier(width, BATCH)
  const batchRe = new Float64Array(width * BATCH)
  const batchIm = new Float64Array(width * BATCH)
  for (let top = 0; top < height; top += 2 * BATCH) {
    for (let q = 0; q < BATCH; q += 1) {
      // Past the last row the last one stands in; its result is not used.
      const even = Math.min(top + 2 * q, height - 1) * width
      const odd = Math.min(top + 2 * q + 1, height - 1) * width
      for (let x = 0, at = q; x < width; x += 1, at += BATCH) {
        batchRe[at] = pixels[even + x]! - offset
        batchIm[at] = pixels[odd + x]! - offset
      }
    }
    transform(batchRe, batchIm)
    for (let q = 0; q < BATCH; q += 1) {
      const y = top + 2 * q
      if (y >= height) break
      const even = y * columns
      const odd = y + 1 < height ? even + columns : -1
      for (let u = 0; u < columns; u += 1) {
        const at = u * BATCH + q
        const mirror = (u === 0 ? 0 : width - u) * BATCH + q
        re[even + u] = 0.5 * (batchRe[at]! + batchRe[mirror]!)
        im[even + u] = 0.5 * (batchIm[at]! - batchIm[mirror]!)
        if (odd < 0) continue
        re[odd + u] = 0.5 * (batchIm[at]! + batchIm[mirror]!)
        im[odd + u] = 0.5 * (batchRe[mirror]! - batchRe[at]!)
      }
    }
  }
  return { re, im }
}
