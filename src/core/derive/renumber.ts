import type { Labels } from '../image/labels.ts'

/** Numbers the objects that are kept 1 to `count` without gaps, in raster order of their first pixel. */
export function renumber(
  { width, height, pixels, count }: Labels,
  isKept: (label: number) => boolean = () => true,
): Labels {
  const kept = Uint8Array.from({ length: count + 1 }, (_, label) =>
    label > 0 && isKept(label) ? 1 : 0,
  )
  const numbers = new Uint32Array(count + 1)
  let next = 0
  const out = new Uint32Array(pixels.length)
  for (let i = 0; i < pixels.length; i += 1) {
    const label = pixels[i]!
    if (kept[label] === 0) continue
    if (numbers[label] === 0) numbers[label] = ++next
    out[i] = numbers[label]!
  }
  return { width, height, pixels: out, count: next }
}
