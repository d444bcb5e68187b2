import type { FloatImage } from '../image/blur.ts'
import { drawOutline, reach, type Outline } from './outline.ts'
import type { Random } from './random.ts'

/** An air bubble between the objective and the cells. Lengths are in pixels. */
export interface Bubble {
  readonly x: number
  readonly y: number
  readonly outline: Outline
  /** Share of the light that still comes through. */
  readonly transmission: number
  /** Side from which the rim looks brightest, in radians. */
  readonly highlight: number
}

/** How far the bubble's air shifts the focus, in µm. */
export const BUBBLE_DEFOCUS = 35
/** Width of the rim, where light is bent out of its way, relative to the bubble's radius. */
const RIM = 0.05

export function drawBubble(width: number, height: number, random: Random): Bubble {
  const radius = Math.min(width, height) * random.between(0.22, 0.42)
  const round = { semiMajor: radius, semiMinor: radius * random.between(0.88, 1), dent: 0 }
  return {
    x: width * random.between(0.2, 0.8),
    y: height * random.between(0.2, 0.8),
    outline: drawOutline({ ...round, angle: random.between(0, Math.PI), wobble: 0.015 }, random),
    transmission: random.between(0.45, 0.7),
    highlight: random.between(0, 2 * Math.PI),
  }
}

/**
 * Looks at an image through a bubble: dim and far out of focus inside, a dark edge with a bright line on the side of the lamp.
 *
 * @param blurred the same image, defocused by the bubble's air
 * @param glow light that the rim scatters into the objective, in photons per pixel
 */
export function lookThroughBubble(
  { width, height, pixels }: FloatImage,
  blurred: FloatImage,
  { x, y, outline, transmission, highlight }: Bubble,
  glow: number,
): FloatImage {
  const out = pixels.slice()
  const towards = { x: Math.cos(highlight), y: Math.sin(highlight) }
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const dx = column + 0.5 - x
      const dy = row + 0.5 - y
      const distance = Math.sqrt(dx * dx + dy * dy)
      const outwards = (distance / reach(outline, dx, dy) - 1) / RIM
      if (outwards > 3) continue
      const i = row * width + column
      const inside = 1 / (1 + Math.exp(6 * outwards))
      const edge = Math.exp(-0.5 * (outwards + 1) ** 2 * 4)
      const facing = (dx * towards.x + dy * towards.y) / Math.max(1, distance)
      const line = Math.exp(-0.5 * (outwards + 0.2) ** 2 * 16) * (0.35 + 0.65 * facing * facing)
      const seen = pixels[i]! + inside * (transmission * blurred.pixels[i]! - pixels[i]!)
      out[i] = seen * (1 - 0.6 * edge) + glow * line
    }
  }
  return { width, height, pixels: out }
}
