import type { FloatImage } from '../image/blur.ts'

/** A map as an 8-bit image: value / 255 is 0…1. */
export interface MapImage {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/** Rounds 0…1 to 255 steps; what lies outside, and what is no number, to the nearest end, 0. */
export function mapImage({ width, height, pixels: values }: FloatImage): MapImage {
  const pixels = new Uint8Array(values.length)
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i]!
    pixels[i] = value > 0 ? Math.min(255, value * 255 + 0.5) : 0
  }
  return { width, height, pixels }
}
