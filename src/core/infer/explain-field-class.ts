import type { FloatImage } from '../image/blur.ts'
import { rescale } from '../prepare/rescale.ts'
import { classActivation } from './class-activation.ts'
import {
  explainByCovering,
  featuresOf,
  hasFeatures,
  isMeanOfFeatures,
  type ClassQuestion,
} from './class-question.ts'
import type { FieldPieces } from './cut-field.ts'
import type { Explanation } from './field-classes.ts'
import { PLAIN_PASS } from './first-look.ts'
import type { ClassSaliency } from './inference-params.ts'
import { contrastWeights } from './linear-scores.ts'
import { poolFeatures } from './pool-features.ts'
import { runImages } from './run-images.ts'
import type { Tensor } from './tensor.ts'
import type { Tile } from './tile-plan.ts'

export interface ExplainedField {
  /** Over the field: 0 nothing, 1 what speaks most for the class. */
  readonly map: FloatImage
  readonly explained: Explanation
}

/**
 * What in a field spoke for its class: the features, where the network's answer is the mean of those it exports, else
 * what changes when places are covered. With one image there is nothing to fit a layer between them by.
 */
export async function explainFieldClass(
  question: ClassQuestion,
  pieces: FieldPieces,
  ofClass: number,
  method: ClassSaliency,
  seed: number,
): Promise<ExplainedField> {
  const maps =
    method === 'class-activation' ? await activations(question, pieces, ofClass, seed) : null
  if (maps !== null) return { map: join(pieces, maps), explained: 'class-activation' }
  const covering = method === 'rise' ? 'rise' : 'occlusion'
  const covered: FloatImage[] = []
  for (const i of pieces.tiles.keys()) {
    const image = featuresOf(pieces.images, i)
    covered.push(await explainByCovering(question, image, ofClass, covering, seed))
  }
  return { map: join(pieces, covered), explained: covering }
}

async function activations(
  question: ClassQuestion,
  { images, tiles }: FieldPieces,
  ofClass: number,
  seed: number,
): Promise<readonly FloatImage[] | null> {
  const { linear, member } = question
  if (linear === null || !hasFeatures(member)) return null
  const { vectors, features } = await runImages(images, member, PLAIN_PASS, seed)
  const length = vectors.dims[1]!
  const weights = linear.weights.map((_, k) => contrastWeights(linear, k))
  const own = tiles.map((_, i): Tensor => featuresOf(features!, i))
  const isMean = own.every((one, i) =>
    isMeanOfFeatures(
      question,
      poolFeatures(one),
      vectors.data.subarray(i * length, (i + 1) * length),
    ),
  )
  return isMean ? own.map(one => classActivation(one, weights, ofClass)) : null
}

/** The core of each piece's map in its place, over the largest value of all. */
function join(
  { width, height, tiles, images }: FieldPieces,
  maps: readonly FloatImage[],
): FloatImage {
  const pixels = new Float32Array(width * height)
  const size = { width: images.dims[3]!, height: images.dims[2]! }
  for (const [i, tile] of tiles.entries()) put(pixels, width, tile, rescale(maps[i]!, size))
  const most = pixels.reduce((largest, value) => Math.max(largest, value), 0)
  return { width, height, pixels: pixels.map(value => (most > 0 ? Math.max(0, value / most) : 0)) }
}

function put(pixels: Float32Array, width: number, { core, input }: Tile, map: FloatImage): void {
  for (let y = 0; y < core.height; y += 1) {
    const from = (core.top - input.top + y) * map.width + core.left - input.left
    pixels.set(map.pixels.subarray(from, from + core.width), (core.top + y) * width + core.left)
  }
}
