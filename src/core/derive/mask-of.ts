import type { Labels } from '../image/labels.ts'
import type { Mask } from '../image/mask.ts'
import { distanceTransform } from './distance-transform.ts'

/** The pixels of all objects. */
export function objectPixels({ width, height, pixels }: Labels): Mask {
  return { width, height, pixels: Uint8Array.from(pixels, label => (label === 0 ? 0 : 1)) }
}

/** The pixels that are more than a distance away from a mask, in pixels. */
export function farFrom({ width, height, pixels }: Mask, distance: number): Mask {
  const outside = { width, height, pixels: pixels.map(value => 1 - value) }
  const distances = distanceTransform(outside).pixels
  return { width, height, pixels: Uint8Array.from(distances, d => (d > distance ? 1 : 0)) }
}
