import type { FloatImage } from '../image/blur.ts'
import {
  batchesOf,
  fillValues,
  imageOf,
  scoresOf,
  type SaliencyQuestion,
} from './saliency-input.ts'

export interface OcclusionParams {
  /** Side of the square that is covered, in pixels. */
  readonly patch: number
  /** From one square to the next, in pixels, at most `patch`, so that each pixel is covered. */
  readonly stride: number
  /** What covers it: a value, or the mean of each channel. */
  readonly fill: number | 'mean'
  /** How many squares are asked about in one run; 1 for a network that takes one image only. */
  readonly batch: number
}

/**
 * Where a score comes from: how far it falls when a square is covered (Zeiler & Fergus 2014, §3), at the size
 * of the image.
 *
 * A pixel's value is the mean fall over the squares that cover it, in units of the score: positive pixels speak
 * for it and negative ones against it. Runs the network once a square and once without.
 * @throws RangeError for a stride that leaves gaps, or an input that is no single image.
 */
export async function occlusion(
  question: SaliencyQuestion,
  { patch, stride, fill, batch }: OcclusionParams,
): Promise<FloatImage> {
  if (!(stride >= 1 && stride <= patch)) {
    throw new RangeError(`Squares of ${patch} every ${stride} pixels`)
  }
  const { tensor, shape } = imageOf(question.inputs, question.image)
  const { channels, width, height, pixels } = shape
  const values = fillValues(tensor, shape, fill)
  const [whole = NaN] = await scoresOf(question, [tensor.data])
  const sums = new Float64Array(pixels)
  const counts = new Uint32Array(pixels)
  const squares = startsOf(height, patch, stride).flatMap(top =>
    startsOf(width, patch, stride).map(left => ({
      top,
      left,
      bottom: Math.min(height, top + patch),
      right: Math.min(width, left + patch),
    })),
  )
  for (const together of batchesOf(squares, batch)) {
    const images = together.map(({ top, left, bottom, right }) => {
      const covered = tensor.data.slice()
      for (let c = 0; c < channels; c += 1) {
        for (let y = top; y < bottom; y += 1) {
          const row = c * pixels + y * width
          covered.fill(values[c]!, row + left, row + right)
        }
      }
      return covered
    })
    const scores = await scoresOf(question, images)
    for (const [n, { top, left, bottom, right }] of together.entries()) {
      const fall = whole - scores[n]!
      for (let y = top; y < bottom; y += 1) {
        for (let x = left; x < right; x += 1) {
          sums[y * width + x]! += fall
          counts[y * width + x]! += 1
        }
      }
    }
  }
  return { width, height, pixels: Float32Array.from(sums, (sum, i) => sum / counts[i]!) }
}

/** Starts of squares that cover a length; the last one ends with it. */
function startsOf(length: number, patch: number, stride: number): readonly number[] {
  const starts: number[] = []
  for (let start = 0; start + patch < length; start += stride) starts.push(start)
  starts.push(Math.max(0, length - patch))
  return starts
}
