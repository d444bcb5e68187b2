import type { FloatImage } from '../image/blur.ts'
import type { Labels } from '../image/labels.ts'
import type { Mask } from '../image/mask.ts'
import { quantise } from './quantise.ts'
import { watershed } from './watershed.ts'

const LEVELS = 1024

/** Grows objects over a mask, from bright to dark, so that neighbours meet in the dark between them. */
export function floodBrightness(image: FloatImage, objects: Labels, mask: Mask): Labels {
  const { width, height, pixels } = quantise(image, LEVELS).image
  const depth = pixels.map(level => LEVELS - 1 - level)
  return watershed({ width, height, pixels: depth }, objects, mask)
}
