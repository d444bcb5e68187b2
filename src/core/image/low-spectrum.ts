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
  const strips = transformRows(plane, offset, columns)
  const power = new Float64Array((2 * reach + 1) * columns)
  const transform = planFourier(height, BATCH)
  strips.forEach(({ re, im }, strip) => {
    transform(re, im)
    const first = strip * BATCH
    const count = Math.min(BATCH, columns - first)
    for (let v = -reach; v <= reach; v += 1) {
      const from = (v < 0 ? v + height : v) * BATCH
      const to = (v + reach) * columns + first
      for (let q = 0; q < count; q += 1) {
        power[to + q] = re[from + q]! ** 2 + im[from + q]! ** 2
      }
    }
  })
  return { reach, power }
}

/** As many columns of the rows' transforms as go through the next transform together, interleaved. */
interface Strip {
  readonly re: Float64Array
  readonly im: Float64Array
}

/** Two real rows travel as the real and imaginary part of one transform, and are told apart by symmetry. */
function transformRows(plane: Plane, offset: number, columns: number): readonly Strip[] {
  const { width, height, pixels } = plane
  const strips = Array.from({ length: Math.ceil(columns / BATCH) }, () => ({
    re: new Float64Array(height * BATCH),
    im: new Float64Array(height * BATCH),
  }))
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
    for (let q = 0; q < BATCH && top + 2 * q < height; q += 1) {
      separateRows(batchRe, batchIm, q, top + 2 * q, columns, strips)
    }
  }
  return strips
}

/** Writes the spectra of the rows y and y + 1, which are sequence q of a batch. */
function separateRows(
  batchRe: Float64Array,
  batchIm: Float64Array,
  q: number,
  y: number,
  columns: number,
  strips: readonly Strip[],
): void {
  const length = batchRe.length
  for (let u = 0; u < columns; u += 1) {
    const { re, im } = strips[Math.floor(u / BATCH)]!
    const even = y * BATCH + (u % BATCH)
    const odd = even + BATCH
    const at = u * BATCH + q
    const mirror = u === 0 ? q : length - u * BATCH + q
    re[even] = 0.5 * (batchRe[at]! + batchRe[mirror]!)
    im[even] = 0.5 * (batchIm[at]! - batchIm[mirror]!)
    if (odd >= re.length) continue
    re[odd] = 0.5 * (batchIm[at]! + batchIm[mirror]!)
    im[odd] = 0.5 * (batchRe[mirror]! - batchRe[at]!)
  }
}
