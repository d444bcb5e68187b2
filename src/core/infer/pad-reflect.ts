import type { Tensor } from './tensor.ts'

/** Pixels added on each side. */
export interface Padding {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/**
 * For a run of pixels from `start`, the pixels of an image of `length` that stand for them: inside itself,
 * outside mirrored at the outermost pixel, which is not repeated (numpy.pad, mode 'reflect'), as often as it takes.
 */
export function reflectedIndices(start: number, count: number, length: number): Int32Array {
  const indices = new Int32Array(count)
  const period = 2 * (length - 1)
  for (let i = 0; i < count; i += 1) {
    if (period === 0) continue
    const place = (((start + i) % period) + period) % period
    indices[i] = place < length ? place : period - place
  }
  return indices
}

/** Mirrors the last two axes beyond their ends, like numpy.pad(mode='reflect'); no pad is too large. */
export function padReflect(tensor: Tensor, padding: Padding): Tensor {
  const { top, bottom, left, right } = padding
  const height = tensor.dims.at(-2)!
  const width = tensor.dims.at(-1)!
  return cutReflected(tensor, {
    left: -left,
    top: -top,
    width: width + left + right,
    height: height + top + bottom,
  })
}

/** A rectangle of pixels; it may lie partly or wholly outside an image. */
export interface Region {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** A rectangle of the image that goes on for ever as its own mirror image. */
export function cutReflected(tensor: Tensor, region: Region): Tensor {
  const leading = tensor.dims.slice(0, -2)
  const dims = [...leading, region.height, region.width]
  const data = new Float32Array(dims.reduce((product, length) => product * length, 1))
  copyReflected(tensor, region, data)
  return { data, dims }
}

/** `cutReflected` into memory that is there already: all leading axes of `tensor`, one after the other. */
export function copyReflected(tensor: Tensor, region: Region, out: Float32Array): void {
  const height = tensor.dims.at(-2)!
  const width = tensor.dims.at(-1)!
  if (height < 1 || width < 1) throw new RangeError('An image without pixels cannot be mirrored')
  const images = tensor.data.length / (height * width)
  const rows = reflectedIndices(region.top, region.height, height)
  // Columns that lie inside are one block; only those beside it are looked up.
  const first = Math.min(Math.max(-region.left, 0), region.width)
  const last = Math.max(first, Math.min(width - region.left, region.width))
  const before = reflectedIndices(region.left, first, width)
  const after = reflectedIndices(region.left + last, region.width - last, width)
  let to = 0
  for (let image = 0; image < images; image += 1) {
    for (let y = 0; y < region.height; y += 1) {
      const row = (image * height + rows[y]!) * width
      for (let x = 0; x < before.length; x += 1) out[to + x] = tensor.data[row + before[x]!]!
      if (last > first) {
        const inside = tensor.data.subarray(row + region.left + first, row + region.left + last)
        out.set(inside, to + first)
      }
      for (let x = 0; x < after.length; x += 1) out[to + last + x] = tensor.data[row + after[x]!]!
      to += region.width
    }
  }
}

/** Mirrors an image at its right and lower side until both lengths are multiples. */
export function padToMultiple(tensor: Tensor, multiple: number): Tensor {
  const height = tensor.dims.at(-2)!
  const width = tensor.dims.at(-1)!
  return padReflect(tensor, {
    top: 0,
    left: 0,
    bottom: Math.ceil(height / multiple) * multiple - height,
    right: Math.ceil(width / multiple) * multiple - width,
  })
}
