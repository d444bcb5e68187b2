import type { FloatImage } from '../image/blur.ts'
import { stage } from '../stage.ts'
import { sampleRow, sumRows, tapsBetween, type Taps } from './resample-taps.ts'

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
    const weights = down.weights.subarray(y * down.count, (y + 1) * down.count)
    sumRows(image.pixels, down.starts[y]!, weights, row)
    sampleRow(row, across, out, y * width)
  }
}

/** Columns first, so that each old row is stretched once and serves several new ones. */
function growRows(image: FloatImage, across: Taps, down: Taps, out: Float32Array): void {
  const width = across.starts.length
  const source = new Float64Array(image.width)
  const stretched = [new Float64Array(width), new Float64Array(width)] as const
  const holds = [-1, -1]
  const rowAt = (y: number): Float64Array => {
    const slot = y % 2 === 0 ? 0 : 1
    if (holds[slot] !== y) {
      source.set(image.pixels.subarray(y * image.width, (y + 1) * image.width))
      sampleRow(source, across, stretched[slot], 0)
      holds[slot] = y
    }
    return stretched[slot]
  }
  for (let y = 0; y < down.starts.length; y += 1) {
    const upper = rowAt(down.starts[y]!)
    const weight = down.weights[y * down.count]!
    // An image of one row has no other to mix with.
    if (down.count === 1) out.set(upper, y * width)
    else mixRows(upper, rowAt(down.starts[y]! + 1), weight, out, y * width)
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
