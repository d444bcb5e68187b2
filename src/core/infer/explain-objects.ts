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
import { cutCrops, type ObjectCrops } from './crop-objects.ts'
import type { Explanation } from './field-classes.ts'
import { PLAIN_PASS } from './first-look.ts'
import type { ClassSaliency } from './inference-params.ts'
import { fitLinear } from './linear-fit.ts'
import { contrastOf, contrastWeights } from './linear-scores.ts'
import type { Region } from './pad-reflect.ts'
import { poolFeatures } from './pool-features.ts'
import { IMAGES_AT_ONCE, runImages } from './run-images.ts'

export interface ObjectsToExplain {
  readonly question: ClassQuestion
  readonly crops: ObjectCrops
  /** The class of each object that is asked about, from 0. */
  readonly classes: Uint32Array
  /** Of dropout masks and random masks. */
  readonly seed: number
}

export interface ExplainedObjects {
  /** The field at the network's scale: 0 nothing, 1 what speaks most for an object's class, of each object by itself. */
  readonly map: FloatImage
  readonly explained: Explanation
}

/** Objects by which a linear fit is made at most, the first ones; and at least. */
const FITTED = { most: 1000, least: 12 }
/** A fit that foretells less of how classes differ explains something else. */
const LEAST_EXPLAINED = 0.5

/**
 * What in each object spoke for its class, as one map of the field; where crops overlap, the larger value stands.
 *
 * Class activation is exact where the network's answer is the mean of the features it exports (or that mean's
 * direction), which is looked for in its numbers. Where another linear layer lies between, which a package does not
 * name, a linear function of the features' means is fitted over the objects of the field; where that foretells objects
 * it has not seen to less than half, and where there are no features, places are covered instead.
 */
export async function explainObjects(
  objects: ObjectsToExplain,
  method: ClassSaliency,
): Promise<ExplainedObjects> {
  const { question, crops, classes, seed } = objects
  const canvas = blankMap(crops)
  if (method === 'class-activation' && hasFeatures(question.member)) {
    const found = await activationWeights(objects)
    if (found !== null) {
      await forEachActivation(objects, found.weights, (region, map) => paint(canvas, region, map))
      return { map: canvas, explained: found.explained }
    }
  }
  const covering = method === 'rise' ? 'rise' : 'occlusion'
  for (const [i, region] of crops.regions.entries()) {
    const image = cutCrops(crops, i, i + 1)
    const map = await explainByCovering(question, image, classes[i]!, covering, seed)
    paint(canvas, region, map)
  }
  return { map: canvas, explained: covering }
}

interface ActivationWeights {
  readonly explained: Extract<Explanation, 'class-activation' | 'fitted-activation'>
  /** Of each class, one for each channel of the features. */
  readonly weights: readonly Float64Array[]
}

/** Null where class activation would not say what decided. */
async function activationWeights({
  question,
  crops,
  classes,
  seed,
}: ObjectsToExplain): Promise<ActivationWeights | null> {
  const means: Float64Array[] = []
  const vectors: Float32Array[] = []
  const most = Math.min(FITTED.most, crops.regions.length)
  for (let from = 0; from < most; from += IMAGES_AT_ONCE) {
    const images = cutCrops(crops, from, Math.min(most, from + IMAGES_AT_ONCE))
    const { vectors: given, features } = await runImages(images, question.member, PLAIN_PASS, seed)
    const length = given.dims[1]!
    for (let i = 0; i < images.dims[0]!; i += 1) {
      means.push(poolFeatures(featuresOf(features!, i)))
      vectors.push(given.data.slice(i * length, (i + 1) * length))
    }
  }
  const { linear } = question
  if (linear !== null && means.every((mean, i) => isMeanOfFeatures(question, mean, vectors[i]!))) {
    const weights = linear.weights.map((_, k) => contrastWeights(linear, k))
    return { explained: 'class-activation', weights }
  }
  if (means.length < FITTED.least) return null
  const logits = vectors.map(vector => question.logits(vector))
  const targets = Array.from(logits[0]!, (_, k) =>
    Float64Array.from(logits, one => contrastOf(one, k)),
  )
  const fit = fitLinear(means, targets)
  const present = new Set(classes)
  const tells = fit?.explained.every((share, k) => !present.has(k) || share >= LEAST_EXPLAINED)
  return fit !== null && tells === true
    ? { explained: 'fitted-activation', weights: fit.weights }
    : null
}

async function forEachActivation(
  { question, crops, classes, seed }: ObjectsToExplain,
  weights: readonly Float64Array[],
  visit: (region: Region, map: FloatImage) => void,
): Promise<void> {
  const { regions } = crops
  for (let from = 0; from < regions.length; from += IMAGES_AT_ONCE) {
    const images = cutCrops(crops, from, Math.min(regions.length, from + IMAGES_AT_ONCE))
    const { features } = await runImages(images, question.member, PLAIN_PASS, seed)
    for (let i = 0; i < images.dims[0]!; i += 1) {
      const map = classActivation(featuresOf(features!, i), weights, classes[from + i]!)
      visit(regions[from + i]!, map)
    }
  }
}

function blankMap({ view }: ObjectCrops): FloatImage {
  const [, , height, width] = view.dims as [number, number, number, number]
  return { width, height, pixels: new Float32Array(width * height) }
}

/** Puts what of a map speaks for the class where its object is, over the largest value of the map. */
function paint(canvas: FloatImage, region: Region, map: FloatImage): void {
  const { pixels } = rescale(map, { width: region.width, height: region.height })
  const most = pixels.reduce((largest, value) => Math.max(largest, value), 0)
  if (!(most > 0)) return
  const top = Math.max(0, -region.top)
  const left = Math.max(0, -region.left)
  const bottom = Math.min(region.height, canvas.height - region.top)
  const right = Math.min(region.width, canvas.width - region.left)
  for (let y = top; y < bottom; y += 1) {
    const from = y * region.width
    const to = (region.top + y) * canvas.width + region.left
    for (let x = left; x < right; x += 1) {
      canvas.pixels[to + x] = Math.max(canvas.pixels[to + x]!, pixels[from + x]! / most)
    }
  }
}
