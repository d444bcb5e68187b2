import type { Labels } from '../image/labels.ts'

/** Which objects have a pixel in the outermost rows or columns, by their number. */
export function objectsAtBorder({ width, height, pixels, count }: Labels): Uint8Array {
  const touches = new Uint8Array(count + 1)
  for (let x = 0; x < width; x += 1) {
    touches[pixels[x]!] = 1
    touches[pixels[(height - 1) * width + x]!] = 1
  }
  for (let y = 0; y < height; y += 1) {
    touches[pixels[y * width]!] = 1
    touches[pixels[y * width + width - 1]!] = 1
  }
  touches[0] = 0
  return touches
}
