import type { Mask } from '../image/mask.ts'
import { labelComponents } from './connected-components.ts'
import { complementOf } from './mask-of.ts'

/**
 * Fills the holes of a mask: background that no path through edges joins to the border.
 *
 * Without `maxArea` it equals scipy.ndimage.binary_fill_holes.
 * @param maxArea larger holes stay open, in pixels: a ring of nuclei is not one nucleus.
 */
export function fillHoles(mask: Mask, maxArea = Infinity): Mask {
  const { width, height } = mask
  const holes = labelComponents(complementOf(mask), 4)
  const area = new Uint32Array(holes.count + 1)
  for (let i = 0; i < holes.pixels.length; i += 1) area[holes.pixels[i]!]! += 1
  const open = area.map(pixels => (pixels > maxArea ? 1 : 0))
  open[0] = 0
  for (let x = 0; x < width; x += 1) {
    open[holes.pixels[x]!] = 1
    open[holes.pixels[(height - 1) * width + x]!] = 1
  }
  for (let y = 0; y < height; y += 1) {
    open[holes.pixels[y * width]!] = 1
    open[holes.pixels[y * width + width - 1]!] = 1
  }
  const pixels = new Uint8Array(mask.pixels.length)
  for (let i = 0; i < pixels.length; i += 1) {
    const hole = holes.pixels[i]!
    pixels[i] = hole === 0 || open[hole] === 0 ? 1 : 0
  }
  return { width, height, pixels }
}
