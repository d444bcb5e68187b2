import type { FloatImage } from '../image/blur.ts'
import { stage } from '../stage.ts'
import { sampleRow, tapsBetween, type Taps } from './resample-taps.ts'

export interface ImageSize {
  readonly width: number
  readonly height: number
}

/** Times the size, or the size itself. */
export type RescaleParams = { readonly factor: number } | { readonly size: ImageSize }

/** Brings an image to the size of pixels that a network was made for. */
export const rescaleStage = stage<FloatImage, RescaleParams, FloatImage>({
  id: 'prepare.rescale',
  version: 1,
  defaults: { factor: 1 },
  run: (image, params) => rescale(image, 'factor' in params ? params.factor : params.size),
})

/**
 * An image at another size. Old and new pixels cover the same field, edge to edge.
 *
 * Each axis by itself: where it shrinks, a new pixel is the mean of what it covers, parts of pixels included
 * (cv2.resize, INTER_AREA); where it grows, it is linear between the centres of the old ones, and the outermost
 * stand for what lies outside (cv2.resize, INTER_LINEAR).
 * @param to a factor, by which the sides are multiplied and rounded, or the very size; at least one pixel
 */
export function rescale(image: FloatImage, to: number | ImageSize): FloatImage {
  const { width, height } = typeof to === 'number' ? scaledSize(image, to) : to
  if (width === image.width && height === image.height) {
    return { width, height, pixels: image.pixels.slice() }
  }
  const across = tapsBetween(image.width, width)
  const down = tapsBetween(image.height, height)
  const pixels = new Float32Array(width * height)
  if (height < image.height) shrinkRows(image, across, down, pixels)
  else growRows(image, across, down, pixels)
  return { width, height, pixels }
}

/** The size of an image times a factor, rounded to whole pixels. */
export function scaledSize({ width, height }: ImageSize, factor: number): ImageSize {
  if (!(factor > 0 && Number.isFinite(factor))) {
    throw new RangeError(`An image cannot be made ${factor} times as large`)
  }
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  }
}

/** Rows first, so that the costlier half is done on what is left. */
function shrinkRows(image: FloatImage, across: Taps, down: Taps, out: Float32Array): void {
  const row = new Float64Array(image.width)
  const width = across.starts.length
  for (let y = 0; y < down.starts.length; y += 1) {
    row.fill(0)
    const first = down.offsets[y]!
    const last = down.offsets[y + 1]!
    let from = down.starts[y]! * image.width
    for (let tap = first; tap < last; tap += 1) {
      addRow(image.pixels, from, down.weights[tap]!, row)
      from += image.width
    }
    sampleRow(row, across, out, y * width)
  }
}

function addRow(pixels: Float32Array, from: number, weight: number, row: Float64Array): void {
  for (let x = 0; x < row.length; x += 1) row[x]! += weight * pixels[from + x]!
}

/** Columns first, so that each old row is stretched once and serves several new ones. */
function growRows(image: FloatImage, across: Taps, down: Taps, out: Float32Array): void {
  const width = across.starts.length
  let upper = new Float64Array(width)
  let lower = new Float64Array(width)
  const source = new Float64Array(image.width)
  let upperIs = -1
  let lowerIs = -1
  const stretch = (row: number, into: Float64Array): void => {
    source.set(image.pixels.subarray(row * image.width, (row + 1) * image.width))
    sampleRow(source, across, into, 0)
  }
  for (let y = 0; y < down.starts.length; y += 1) {
    const above = down.starts[y]!
    const tap = down.offsets[y]!
    const single = down.offsets[y + 1]! - tap === 1
    const below = single ? above : above + 1
    if (upperIs !== above) {
      if (lowerIs === above) {
        ;[upper, lower] = [lower, upper]
        lowerIs = upperIs
      } else stretch(above, upper)
      upperIs = above
    }
    if (!single && lowerIs !== below) {
      stretch(below, lower)
      lowerIs = below
    }
    const weight = single ? 1 : down.weights[tap]!
    mixRows(upper, single ? upper : lower, weight, out, y * width)
  }
}

function mixRows(
  upper: Float64Array,
  lower: Float64Array,
  weight: number,
  out: Float32Array,
  to: number,
): void {
  const rest = 1 - weight
  for (let x = 0; x < upper.length; x += 1) out[to + x] = weight * upper[x]! + rest * lower[x]!
}
