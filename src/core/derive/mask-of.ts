import type { Labels } from '../image/labels.ts'
import type { Mask } from '../image/mask.ts'
import { distanceTransform } from './distance-transform.ts'

/** The pixels of all objects. */
export function objectPixels({ width, height, pixels }: Labels): Mask {
  const out = new Uint8Array(pixels.length)
  for (let i = 0; i < out.length; i += 1) out[i] = pixels[i] === 0 ? 0 : 1
  return { width, height, pixels: out }
}

/** The pixels outside a mask. */
export function complementOf({ width, height, pixels }: Mask): Mask {
  const out = new Uint8Array(pixels.length)
  for (let i = 0; i < out.length; i += 1) out[i] = 1 - pixels[i]!
  return { width, height, pixels: out }
}

/** The pixels that are more than a distance away from a mask, in pixels. */
export function farFrom(mask: Mask, distance: number): Mask {
  const { width, height, pixels } = distanceTransform(complementOf(mask))
  const out = new Uint8Array(pixels.length)
  for (let i = 0; i < out.length; i += 1) out[i] = pixels[i]! > distance ? 1 : 0
  return { width, height, pixels: out }
}
