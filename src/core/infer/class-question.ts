import type { FloatImage } from '../image/blur.ts'
import { classLogits, linearLogits } from './class-probabilities.ts'
import { scoresOfHead, type ClassHead } from './class-heads.ts'
import { describingOutputs } from './describing-network.ts'
import { PLAIN_PASS } from './first-look.ts'
import type { ClassSaliency } from './inference-params.ts'
import { contrastOf, logitsOf, type LinearScores } from './linear-scores.ts'
import type { NetworkMember } from './network-member.ts'
import { occlusion } from './occlusion.ts'
import { rise } from './rise.ts'
import { IMAGES_AT_ONCE, runImages } from './run-images.ts'
import type { SaliencyQuestion } from './saliency-input.ts'
import type { NamedTensors, Tensor } from './tensor.ts'

/** How the answer of one network becomes classes; what is asked about when a class is explained. */
export interface ClassQuestion {
  readonly member: NetworkMember
  /** Of the vector that the network gives for one image. */
  readonly logits: (vector: ArrayLike<number>) => Float64Array
  /** The same as linear functions of the vector, or of its direction; null where they are not linear. */
  readonly linear: LinearScores | null
  /** Whether it is the direction of the vector that counts. */
  readonly directed: boolean
}

export function askNetwork(member: NetworkMember): ClassQuestion {
  const { description } = member
  return {
    member,
    logits: vector => classLogits(vector, description),
    linear: linearLogits(description),
    directed: false,
  }
}

/** @param member that embeds, whose embeddings the head judges */
export function askHead(member: NetworkMember, head: ClassHead): ClassQuestion {
  const linear = scoresOfHead(head)
  return {
    member,
    logits: vector => logitsOf(linear, directionOf(vector)),
    linear,
    directed: true,
  }
}

/** The vector at length 1. */
export function directionOf(vector: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(vector)
  const length = Math.hypot(...values)
  return length > 0 ? values.map(value => value / length) : values
}

const RISE = { masks: 256, cells: 7, probability: 0.5, fill: 'mean' } as const
/** Squares along a side; each overlaps half of the next. */
const SQUARES = 4

/** How often an image is run to explain its class by covering it. */
export const EXPLAINING_RUNS = { occlusion: (2 * SQUARES - 1) ** 2 + 1, rise: RISE.masks } as const

/**
 * Where the class of one image comes from, by covering parts of it: by squares of a quarter of its side, or by random
 * masks (RISE), above the mean of their map. What counts is how much more speaks for the class than for the others.
 *
 * @param image [1, c, height, width]
 */
export async function explainByCovering(
  { member, logits }: ClassQuestion,
  image: Tensor,
  ofClass: number,
  method: Exclude<ClassSaliency, 'class-activation'>,
  seed: number,
): Promise<FloatImage> {
  const question: SaliencyQuestion = {
    inputs: { image },
    image: 'image',
    async run(inputs: NamedTensors) {
      const { vectors } = await runImages(inputs['image']!, member, PLAIN_PASS, seed)
      return { vectors }
    },
    score: ({ vectors }) => contrastOf(logits(vectors!.data), ofClass),
  }
  if (method === 'rise') {
    const map = await rise(question, { ...RISE, seed, batch: IMAGES_AT_ONCE })
    const mean = map.pixels.reduce((sum, value) => sum + value, 0) / map.pixels.length
    return { ...map, pixels: map.pixels.map(value => value - mean) }
  }
  const patch = Math.max(2, Math.round(Math.max(image.dims[2]!, image.dims[3]!) / SQUARES))
  const stride = Math.max(1, Math.floor(patch / 2))
  return occlusion(question, { patch, stride, fill: 'mean', batch: IMAGES_AT_ONCE })
}

/** What stands in the features of one image of several. */
export function featuresOf(features: Tensor, image: number): Tensor {
  const length = features.data.length / features.dims[0]!
  return {
    data: features.data.subarray(image * length, (image + 1) * length),
    dims: [1, ...features.dims.slice(1)],
  }
}

/** How far numbers may be apart that are the same but for rounding. */
const SAME = 1e-3

/** Whether the network's answer is the mean of its features, or the direction of that mean. */
export function isMeanOfFeatures(
  { directed }: Pick<ClassQuestion, 'directed'>,
  mean: Float64Array,
  vector: ArrayLike<number>,
): boolean {
  if (mean.length !== vector.length) return false
  const made = directed ? directionOf(mean) : mean
  const given = directed ? directionOf(vector) : Float64Array.from(vector)
  const largest = given.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return made.every((value, i) => Math.abs(value - given[i]!) <= SAME * Math.max(1e-6, largest))
}

/** Whether a network exports what maps of class activation are made of. */
export function hasFeatures({ description }: NetworkMember): boolean {
  return describingOutputs(description).features !== null
}
