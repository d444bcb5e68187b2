import type { FloatImage } from '../image/blur.ts'
import type { Mask } from '../image/mask.ts'
import { otsuLevel } from './otsu.ts'
import { quantise } from './quantise.ts'

/** So many that dim nuclei still have levels of their own beside something very bright. */
const LEVELS = 65_535
const ROOT_LEVELS = 512
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
  const threshold = rootOtsu(image)
  const mask = new Uint8Array(pixels.length)
  let inside = 0
  let sumInside = 0
  let sum = 0
  for (let i = 0; i < pixels.length; i += 1) {
    sum += pixels[i]!
    if (pixels[i]! < threshold) continue
    mask[i] = 1
    inside += 1
    sumInside += pixels[i]!
  }
  const contrast = sumInside / inside - (sum - sumInside) / (pixels.length - inside)
  return { width, height, pixels: contrast > faintest ? mask : mask.fill(0) }
}

/** The lowest value of the upper class. */
function rootOtsu(image: FloatImage): number {
  const { counts, valueOf } = quantise(image, LEVELS)
  const dark = valueOf(levelAt(counts, DARK * image.pixels.length))
  const span = Math.sqrt(valueOf(LEVELS) - dark)
  const rootCounts = new Uint32Array(ROOT_LEVELS)
  for (let level = 0; level < LEVELS; level += 1) {
    const root = Math.sqrt(Math.max(0, valueOf(level) - dark)) / span
    rootCounts[Math.min(ROOT_LEVELS - 1, Math.floor(ROOT_LEVELS * root))]! += counts[level]!
  }
  const root = (span * (otsuLevel(rootCounts) + 1)) / ROOT_LEVELS
  return dark + root * root
}

function levelAt(counts: Uint32Array, rank: number): number {
  let below = 0
  let level = 0
  while (level < counts.length - 1 && below + counts[level]! <= rank) below += counts[level++]!
  return level
}
