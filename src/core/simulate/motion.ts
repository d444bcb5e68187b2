import type { FloatImage } from '../image/blur.ts'
import type { Random } from './random.ts'

/** The way that the stage still moves while the shutter is open, in pixels. */
export interface Drift {
  readonly dx: number
  readonly dy: number
}

/** A stage that had not come to rest. */
export function drawDrift(random: Random): Drift {
  const length = random.between(12, 35)
  const direction = random.between(0, Math.PI)
  return { dx: length * Math.cos(direction), dy: length * Math.sin(direction) }
}

/** Smears an image along the way; samples lie a pixel apart, the image's edge is repeated. */
export function smear({ width, height, pixels }: FloatImage, { dx, dy }: Drift): FloatImage {
  const samples = 1 + Math.ceil(Math.sqrt(dx * dx + dy * dy))
  const sums = new Float32Array(pixels.length)
  for (let sample = 0; sample < samples; sample += 1) {
    const along = sample / (samples - 1) - 0.5
    addShifted(sums, pixels, width, height, { dx: along * dx, dy: along * dy }, 1 / samples)
  }
  return { width, height, pixels: sums }
}

function addShifted(
  sums: Float32Array,
  pixels: Float32Array,
  width: number,
  height: number,
  { dx, dy }: Drift,
  weight: number,
): void {
  const left = Math.floor(dx)
  const top = Math.floor(dy)
  const right = dx - left
  const down = dy - top
  for (let y = 0; y < height; y += 1) {
    const above = within(y + top, height) * width
    const below = within(y + top + 1, height) * width
    for (let x = 0; x < width; x += 1) {
      const before = within(x + left, width)
      const after = within(x + left + 1, width)
      const upper = pixels[above + before]! * (1 - right) + pixels[above + after]! * right
      const lower = pixels[below + before]! * (1 - right) + pixels[below + after]! * right
      const i = y * width + x
      sums[i] = sums[i]! + weight * (upper * (1 - down) + lower * down)
    }
  }
}

function within(at: number, length: number): number {
  return at < 0 ? 0 : at >= length ? length - 1 : at
}
