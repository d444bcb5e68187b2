import type { FloatImage } from '../image/blur.ts'
import { histogramOf, medianOf } from '../image/histogram.ts'

/** Standard deviation of a normal distribution / median of its absolute value. */
const NORMAL = 1.4826
/** So many differences are enough: the error of the result is below 1 %. */
const SAMPLE = 20_000

/**
 * Standard deviation of the noise of single pixels, whatever structure the image has.
 *
 * Median of |a − 2b + c| over neighbours in a row, which straight slopes do not enter
 * (Olsen 1993 compares such estimates); √6 is what the difference multiplies white noise by.
 */
export function pixelNoise({ width, height, pixels }: FloatImage): number {
  if (width < 3) return 0
  const step = Math.max(1, Math.floor((width * height) / SAMPLE))
  const differences: number[] = []
  for (let i = 1; i < width * height - 1; i += step) {
    const x = i % width
    if (x === 0 || x === width - 1) continue
    differences.push(Math.abs(pixels[i - 1]! - 2 * pixels[i]! + pixels[i + 1]!))
  }
  return (NORMAL * medianOf(histogramOf(Float32Array.from(differences)))) / Math.sqrt(6)
}
