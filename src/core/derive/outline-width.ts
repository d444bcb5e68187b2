import { gaussianBlur, type FloatImage } from '../image/blur.ts'
import type { Labels } from '../image/labels.ts'

/** So many pixels tell a median well enough. */
const SAMPLES = 2 ** 16

/**
 * How many pixels the brightness of objects takes to fall to that of the background, at their outlines:
 * the difference of the medians inside and outside over the median gradient there. 0 without outlines,
 * Infinity where they have no gradient.
 */
export function outlineWidth(image: FloatImage, { width, height, pixels }: Labels): number {
  const smooth = gaussianBlur(image, 1).pixels
  const [inside, outside] = sampled(smooth, pixels)
  const gradients: number[] = []
  for (let y = 1; y < height - 1; y += 1) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i += 1) {
      if (pixels[i] === 0 || !meetsBackground(pixels, i, width)) continue
      const across = smooth[i + 1]! - smooth[i - 1]!
      const down = smooth[i + width]! - smooth[i - width]!
      gradients.push(Math.hypot(across, down) / 2)
    }
  }
  if (gradients.length === 0 || inside.length === 0 || outside.length === 0) return 0
  const gradient = medianOf(Float32Array.from(gradients))
  return gradient === 0 ? Infinity : Math.abs(medianOf(inside) - medianOf(outside)) / gradient
}

/** Brightness in and outside of objects, at evenly spread pixels. */
function sampled(smooth: Float32Array, pixels: Uint32Array): [Float32Array, Float32Array] {
  const inside: number[] = []
  const outside: number[] = []
  const step = Math.max(1, Math.floor(smooth.length / SAMPLES))
  for (let i = 0; i < smooth.length; i += step) {
    if (pixels[i] === 0) outside.push(smooth[i]!)
    else inside.push(smooth[i]!)
  }
  return [Float32Array.from(inside), Float32Array.from(outside)]
}

function meetsBackground(pixels: Uint32Array, i: number, width: number): boolean {
  return (
    pixels[i - 1] === 0 || pixels[i + 1] === 0 || pixels[i - width] === 0 || pixels[i + width] === 0
  )
}

function medianOf(values: Float32Array): number {
  return values.toSorted()[values.length >> 1]!
}
