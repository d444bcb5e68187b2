import type { FloatImage } from '../image/blur.ts'
import { histogramOf, quantileOf } from '../image/histogram.ts'
import type { Mask } from '../image/mask.ts'
import { otsuLevel } from './otsu.ts'
import { quantise } from './quantise.ts'

const LEVELS = 512
/** The darkest pixels, up to this fraction, count as fully dark. */
const DARK = 0.02

/**
 * The pixels above Otsu's threshold, taken of square roots, which even out the noise of photons
 * (Anscombe 1948) and keep a few very bright objects from hiding the rest.
 *
 * Nothing is foreground if its mean is less than `faintest` above the mean of the rest: Otsu's
 * threshold divides pure noise too.
 */
export function brightForeground(image: FloatImage, faintest: number): Mask {
  const { width, height, pixels } = image
  const dark = darkValue(image)
  const stable = new Float32Array(pixels.length)
  for (let i = 0; i < pixels.length; i += 1) stable[i] = Math.sqrt(Math.max(0, pixels[i]! - dark))
  const { image: levels, counts } = quantise({ width, height, pixels: stable }, LEVELS)
  const threshold = otsuLevel(counts)
  const mask = new Uint8Array(pixels.length)
  for (let i = 0; i < mask.length; i += 1) mask[i] = levels.pixels[i]! > threshold ? 1 : 0
  const stands = contrastOf(pixels, mask) > faintest
  return { width, height, pixels: stands ? mask : mask.fill(0) }
}

/** A quantile of every seventh pixel: a fraction of millions needs no more. */
function darkValue({ pixels }: FloatImage): number {
  const sample = new Float32Array(Math.ceil(pixels.length / 7))
  for (let i = 0; i < sample.length; i += 1) sample[i] = pixels[7 * i]!
  return quantileOf(histogramOf(sample), DARK)
}

function contrastOf(pixels: Float32Array, mask: Uint8Array): number {
  let inside = 0
  let sumInside = 0
  let sum = 0
  for (let i = 0; i < pixels.length; i += 1) {
    sum += pixels[i]!
    if (mask[i] === 0) continue
    inside += 1
    sumInside += pixels[i]!
  }
  if (inside === 0) return 0
  return sumInside / inside - (sum - sumInside) / (pixels.length - inside)
}
