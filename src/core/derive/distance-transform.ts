import type { FloatImage } from '../image/blur.ts'
import type { Mask } from '../image/mask.ts'

/** Farther than any pixel can be, and small enough that its squares stay exact. */
const FAR = 2 ** 20

/**
 * Distance of each foreground pixel to the nearest background pixel, in pixels, 0 on background.
 *
 * Exact (Meijster et al. 2000, the integer form of Felzenszwalb & Huttenlocher 2012): equals
 * scipy.ndimage.distance_transform_edt. Beyond the border of the image lies nothing, not
 * background; a mask without background is infinitely far from it everywhere.
 */
export function distanceTransform(mask: Mask): FloatImage {
  const { width, height } = mask
  const vertical = verticalDistances(mask)
  const out = new Float32Array(vertical.length)
  const vertex = new Int32Array(width)
  const from = new Int32Array(width)
  for (let y = 0; y < height; y += 1) {
    const row = y * width
    let x = 0
    while (x < width) {
      if (vertical[row + x] === 0) {
        x += 1
        continue
      }
      // Background on both sides of a run of foreground cuts it off from the rest of the row.
      const start = Math.max(0, x - 1)
      while (x < width && vertical[row + x] !== 0) x += 1
      const end = Math.min(width - 1, x)
      lowerEnvelope(vertical, out, row, start, end, vertex, from)
    }
  }
  return { width, height, pixels: out }
}

/** Distance to the nearest background pixel of the same column; FAR where there is none. */
function verticalDistances({ width, height, pixels }: Mask): Int32Array {
  const out = new Int32Array(pixels.length)
  for (let i = 0; i < width; i += 1) out[i] = pixels[i] === 0 ? 0 : FAR
  for (let i = width; i < out.length; i += 1) {
    out[i] = pixels[i] === 0 ? 0 : Math.min(FAR, out[i - width]! + 1)
  }
  for (let i = width * (height - 1) - 1; i >= 0; i -= 1) {
    if (out[i]! > out[i + width]! + 1) out[i] = out[i + width]! + 1
  }
  return out
}

/** min over v of (x − v)² + vertical(v)² for each x, as the lower envelope of parabolas. */
function lowerEnvelope(
  vertical: Int32Array,
  out: Float32Array,
  row: number,
  start: number,
  end: number,
  vertex: Int32Array,
  from: Int32Array,
): void {
  let last = 0
  vertex[0] = start
  from[0] = start
  for (let x = start + 1; x <= end; x += 1) {
    const height = vertical[row + x]!
    while (last >= 0) {
      const v = vertex[last]!
      const t = from[last]!
      const before = (t - v) * (t - v) + vertical[row + v]! * vertical[row + v]!
      if (before <= (t - x) * (t - x) + height * height) break
      last -= 1
    }
    if (last < 0) {
      last = 0
      vertex[0] = x
      from[0] = start
      continue
    }
    const v = vertex[last]!
    const other = vertical[row + v]!
    const crossing =
      1 + Math.floor((x * x - v * v + height * height - other * other) / (2 * (x - v)))
    if (crossing <= end) {
      last += 1
      vertex[last] = x
      from[last] = crossing
    }
  }
  for (let x = end; x >= start; x -= 1) {
    const v = vertex[last]!
    const height = vertical[row + v]!
    out[row + x] = height >= FAR ? Infinity : Math.sqrt((x - v) * (x - v) + height * height)
    if (x === from[last]) last -= 1
  }
}
