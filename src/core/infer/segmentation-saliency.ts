import type { FloatImage } from '../image/blur.ts'
import { fillValues, imageOf } from './saliency-input.ts'
import type { NamedTensors, RunNetwork } from './tensor.ts'

/** A network that segments, one image for it, and how to read foreground from its answer. */
export interface SegmentationQuestion {
  readonly run: RunNetwork
  /** All inputs of the network, the image among them. */
  readonly inputs: NamedTensors
  /** Name of the image, [1, C, height, width]. */
  readonly image: string
  /** Probability of foreground at each pixel of the image, row-major. */
  readonly foreground: (outputs: NamedTensors) => Float32Array
}

export interface SegmentationSaliencyParams {
  /** Side of the squares that are covered, in pixels. */
  readonly patch: number
  /** How far from a square its covering still changes the answer, in pixels: the network's receptive radius. */
  readonly radius: number
  /** From one covered square to the next, a multiple of `patch` in pixels; from `2 · radius + patch` on the map is exact. */
  readonly spacing: number
  /** What covers them: a value, or the mean of each channel. */
  readonly fill: number | 'mean'
  /** Which pixels of the answer count, such as those of one object: anything but 0. Null for all. */
  readonly within: Uint8Array | null
}

/**
 * Which squares of an image decided its segmentation: Σ |change of foreground probability| within `radius` of a
 * square that is covered, in pixels of the image; 0 decides nothing.
 *
 * Occlusion (Zeiler & Fergus 2014) of all squares at once rather than one by one, since a convolutional network
 * sees no farther than its receptive field: squares `spacing` apart are covered together and each is told by what
 * changes around it, nearest square first. That takes (spacing / patch)² runs and one without, however large the
 * image is. Closer spacing is quicker, and blames a square for part of what its neighbours did.
 * @returns a value a square, ⌈width / patch⌉ × ⌈height / patch⌉.
 * @throws RangeError for a spacing that is no multiple of the patch, or sizes that do not fit.
 */
export async function segmentationSaliency(
  { run, inputs, image, foreground }: SegmentationQuestion,
  { patch, radius, spacing, fill, within }: SegmentationSaliencyParams,
): Promise<FloatImage> {
  const every = spacing / patch
  if (!Number.isInteger(every) || !(every >= 1) || !(radius >= 0)) {
    throw new RangeError(`Squares of ${patch} every ${spacing} pixels, radius ${radius}`)
  }
  const { tensor, shape } = imageOf(inputs, image)
  const { channels, width, height, pixels } = shape
  const values = fillValues(tensor, shape, fill)
  const answer = async (data: Float32Array): Promise<Float32Array> => {
    const map = foreground(await run({ ...inputs, [image]: { data, dims: tensor.dims } }))
    if (map.length !== pixels) throw new RangeError(`${map.length} answers for ${pixels} pixels`)
    return map
  }
  if (within !== null && within.length !== pixels) {
    throw new RangeError(`A mask of ${within.length} for ${pixels} pixels`)
  }
  const before = (await answer(tensor.data)).slice()
  const columns = Math.ceil(width / patch)
  const rows = Math.ceil(height / patch)
  const sums = new Float64Array(columns * rows)
  for (let shiftY = 0; shiftY < Math.min(every, rows); shiftY += 1) {
    for (let shiftX = 0; shiftX < Math.min(every, columns); shiftX += 1) {
      const across = nearestSquares(width, columns, patch, shiftX, every, radius)
      const down = nearestSquares(height, rows, patch, shiftY, every, radius)
      const covered = tensor.data.slice()
      for (let y = 0; y < height; y += 1) {
        if (!isCovered(y, patch, shiftY, every)) continue
        for (let x = 0; x < width; x += 1) {
          if (!isCovered(x, patch, shiftX, every)) continue
          for (let c = 0; c < channels; c += 1) covered[c * pixels + y * width + x] = values[c]!
        }
      }
      const after = await answer(covered)
      for (let y = 0; y < height; y += 1) {
        const row = down[y]!
        if (row === -1) continue
        for (let x = 0; x < width; x += 1) {
          const column = across[x]!
          const i = y * width + x
          if (column === -1 || (within !== null && within[i] === 0)) continue
          sums[row * columns + column]! += Math.abs(after[i]! - before[i]!)
        }
      }
    }
  }
  return { width: columns, height: rows, pixels: Float32Array.from(sums) }
}

function isCovered(place: number, patch: number, shift: number, every: number): boolean {
  return Math.floor(place / patch) % every === shift
}

/** For each place along a side the covered square that is nearest, the first of equals; −1 where none is within the radius. */
function nearestSquares(
  length: number,
  squares: number,
  patch: number,
  shift: number,
  every: number,
  radius: number,
): Int32Array {
  const nearest = new Int32Array(length).fill(-1)
  const distance = new Float64Array(length).fill(Infinity)
  for (let square = shift; square < squares; square += every) {
    const start = square * patch
    const end = start + patch - 1
    const last = Math.min(length - 1, end + radius)
    for (let place = Math.max(0, start - radius); place <= last; place += 1) {
      const away = place < start ? start - place : place > end ? place - end : 0
      if (away >= distance[place]!) continue
      distance[place] = away
      nearest[place] = square
    }
  }
  return nearest
}
