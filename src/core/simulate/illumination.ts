import type { FloatImage } from '../image/blur.ts'
import type { Random } from './random.ts'

/** How evenly a field is lit. Places are relative to the field, 0…1. */
export interface Illumination {
  readonly centre: { readonly x: number; readonly y: number }
  /** Light at half a diagonal from the centre against the light at the centre. */
  readonly corner: number
}

/** A lamp that somebody aligned: the same for every field that is taken through one filter. */
export function alignedLamp(random: Random): Illumination {
  return {
    centre: { x: 0.5 + 0.06 * random.normal(), y: 0.5 + 0.06 * random.normal() },
    corner: random.between(0.8, 0.92),
  }
}

/** A lamp, or a filter cube, that is out of place. */
export function misalignedLamp(random: Random): Illumination {
  return {
    centre: { x: 0.5 + random.between(-0.25, 0.25), y: 0.5 + random.between(-0.25, 0.25) },
    corner: random.between(0.12, 0.3),
  }
}

/** The light that falls on each pixel: cos⁴ of the angle, the natural law of vignetting. */
export function illuminate(
  { width, height, pixels }: FloatImage,
  { centre, corner }: Illumination,
): FloatImage {
  const halfDiagonalSquared = (width * width + height * height) / 4
  // cos⁴ θ = (1 + tan² θ)⁻², and tan θ grows with the distance from the centre.
  const steepness = (1 / Math.sqrt(corner) - 1) / halfDiagonalSquared
  const lit = new Float32Array(pixels.length)
  for (let y = 0; y < height; y += 1) {
    const dy = y + 0.5 - centre.y * height
    for (let x = 0; x < width; x += 1) {
      const dx = x + 0.5 - centre.x * width
      const spread = 1 + steepness * (dx * dx + dy * dy)
      lit[y * width + x] = pixels[y * width + x]! / (spread * spread)
    }
  }
  return { width, height, pixels: lit }
}
