import type { FloatImage } from '../image/blur.ts'
import { randomFrom, type Random } from '../simulate/random.ts'
import type { MapSize } from './predictive-sum.ts'
import {
  batchesOf,
  fillValues,
  imageOf,
  scoresOf,
  type SaliencyQuestion,
} from './saliency-input.ts'

export interface RiseParams {
  /** How many masks; 500 tell a coarse map, the original has 4000 to 8000. */
  readonly masks: number
  /** Cells of a mask along each side. */
  readonly cells: number
  /** That a cell is seen, above 0 to 1. */
  readonly probability: number
  /** What is put where nothing is seen: a value, or the mean of each channel. The original has 0. */
  readonly fill: number | 'mean'
  readonly seed: number
  /** How many masks are asked about in one run; 1 for a network that takes one image only. */
  readonly batch: number
}

/**
 * Where a score comes from, of a network of which nothing is known but its answers (RISE: Petsiuk et al. 2018,
 * eq. 6), at the size of the image.
 *
 * A pixel's value estimates the expected score when the pixel is seen, in units of the score. Its level means
 * nothing; pixels above the map's mean speak for the score and those below against it. Runs the network once a mask.
 * The same seed gives the same bits.
 * @throws RangeError for a probability of nothing, no masks, or an input that is no single image.
 */
export async function rise(question: SaliencyQuestion, params: RiseParams): Promise<FloatImage> {
  const { masks, cells, probability, fill, seed, batch } = params
  if (!(probability > 0 && probability <= 1) || !(masks >= 1) || !(cells >= 1)) {
    throw new RangeError(`${masks} masks of ${cells} cells seen with probability ${probability}`)
  }
  const { tensor, shape } = imageOf(question.inputs, question.image)
  const { width, height, pixels } = shape
  const values = fillValues(tensor, shape, fill)
  const random = randomFrom('rise', seed)
  const sums = new Float64Array(pixels)
  const seen = new Float64Array(pixels)
  for (const together of batchesOf([...Array(masks).keys()], batch)) {
    const drawn = together.map(() => drawMask(shape, cells, probability, random))
    const scores = await scoresOf(
      question,
      drawn.map(mask => behindMask(tensor.data, mask, values)),
    )
    for (const [n, mask] of drawn.entries()) {
      for (let i = 0; i < pixels; i += 1) {
        sums[i]! += scores[n]! * mask[i]!
        seen[i]! += mask[i]!
      }
    }
  }
  // How often a pixel was seen, rather than how often it should have been, makes the map less noisy.
  return {
    width,
    height,
    pixels: Float32Array.from(sums, (sum, i) => sum / Math.max(1e-6, seen[i]!)),
  }
}

/** The image where the mask is 1, the fill of each channel where it is 0. */
function behindMask(image: Float32Array, mask: Float32Array, fill: Float64Array): Float32Array {
  const pixels = mask.length
  const out = new Float32Array(image.length)
  for (let c = 0; c < fill.length; c += 1) {
    const value = fill[c]!
    for (let i = 0; i < pixels; i += 1) {
      out[c * pixels + i] = value + (image[c * pixels + i]! - value) * mask[i]!
    }
  }
  return out
}

/** A coarse grid of yes and no, enlarged bilinearly and shifted by up to a cell (Petsiuk et al. 2018, §3.2). */
function drawMask(
  { width, height }: MapSize,
  cells: number,
  probability: number,
  random: Random,
): Float32Array {
  const mask = new Float32Array(width * height)
  const side = cells + 1
  const grid = Float32Array.from({ length: side * side }, () =>
    random.chance(probability) ? 1 : 0,
  )
  const shiftX = random.uniform()
  const shiftY = random.uniform()
  for (let y = 0; y < height; y += 1) {
    const row = between((y / height) * cells + shiftY, cells)
    for (let x = 0; x < width; x += 1) {
      const column = between((x / width) * cells + shiftX, cells)
      const upper = grid[row.from * side + column.from]!
      const upperRight = grid[row.from * side + column.to]!
      const lower = grid[row.to * side + column.from]!
      const lowerRight = grid[row.to * side + column.to]!
      const top = upper + (upperRight - upper) * column.part
      const bottom = lower + (lowerRight - lower) * column.part
      mask[y * width + x] = top + (bottom - top) * row.part
    }
  }
  return mask
}

function between(
  place: number,
  last: number,
): { readonly from: number; readonly to: number; readonly part: number } {
  const from = Math.min(last, Math.floor(place))
  return { from, to: Math.min(last, from + 1), part: place - from }
}
