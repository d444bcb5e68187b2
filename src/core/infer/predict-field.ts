import { enlargeLabels } from '../derive/enlarge-labels.ts'
import { typicalDiameter } from '../derive/typical-diameter.ts'
import type { Labels } from '../image/labels.ts'
import type { Plane } from '../image/plane.ts'
import type { MeasureColumn } from '../measure/object-table.ts'
import { abstain, type AbstentionReason } from './abstention.ts'
import { agreement } from './agreement.ts'
import {
  decodeObjects,
  decodingBy,
  foregroundOf,
  foregroundThreshold,
  type ObjectMaps,
} from './decode-objects.ts'
import { createFieldViews, type FieldViews } from './field-views.ts'
import { fieldUncertainty, type FieldComponents } from './field-uncertainty.ts'
import { lookFirst, type FirstLook } from './first-look.ts'
import type { Inference } from './inference-params.ts'
import type { ModelDescription } from './model-description.ts'
import type { NetworkMember } from './network-member.ts'
import { noveltyOf, type NoveltyStatistics } from './novelty.ts'
import { objectUncertainty } from './object-uncertainty.ts'
import { planPasses, type Pass } from './plan-passes.ts'
import { poolFeatures, shrinkMap } from './pool-features.ts'
import { predictionColumns } from './prediction-columns.ts'
import type { Prediction } from './predictive-sum.ts'
import { runPass, taskOf, type PassMaps } from './run-pass.ts'
import { tallyPasses, type TalliedMaps } from './tally-passes.ts'
import type { Tensor } from './tensor.ts'

export interface FieldToPredict {
  /** Of one size, in the order of the networks' channels. */
  readonly planes: readonly Plane[]
  /** Micrometres; null where it is not known. */
  readonly pixelSize: number | null
  /** One or more that can work together: see `whyNotTogether`. */
  readonly members: readonly NetworkMember[]
  /** Of the first member's training images; null where it brings none. */
  readonly statistics: NoveltyStatistics | null
  /** Of the dropout masks. */
  readonly seed: number
}

export interface PredictedField {
  /** At the field's own size. */
  readonly labels: Labels
  /** Of a typical object in pixels of the field; null without objects. */
  readonly diameter: number | null
  /** A value for each object. */
  readonly columns: readonly MeasureColumn[]
  /** At the scale of the networks. */
  readonly prediction: Prediction
  /** Pixels of the networks for one of the field. */
  readonly factor: number
  /** 0 sure to 1 not at all. */
  readonly uncertainty: number
  readonly components: FieldComponents
  /** 0 as in training to 1 never seen; null where that is not known. */
  readonly novelty: number | null
  readonly decision: 'use' | 'review'
  readonly reasons: readonly AbstentionReason[]
  /** What the first member was shown. */
  readonly shown: Tensor
}

/**
 * Finds the objects of a field by the networks of a recipe, and says how sure they are.
 *
 * The mean over members, augmentations and dropout masks is what counts (Lakshminarayanan et al. 2017; Gal &
 * Ghahramani 2016); where members differ in what they find, the field is uncertain. Rejects with what a member's
 * `run` throws.
 */
export const predictField = Object.freeze({ id: 'infer.field', version: 1, run: predict })

async function predict(field: FieldToPredict, recipe: Inference): Promise<PredictedField> {
  const { members, planes, pixelSize, statistics } = field
  const member = members[0]!
  // What the recipe leaves open, the package of the first network says.
  const params = { ...recipe, decode: decodingBy(member.description, recipe.decode) }
  const plane = planes[0]!
  const views = createFieldViews(planes, params)
  const look = await lookFirst({ plane, pixelSize, member }, views, params)
  const { maps, voters } = await runAll(field, params, views, look)
  const task = taskOf(member.description)
  const target = member.description.use?.diameter ?? null
  const found = decoded(maps, member.description, params)
  const { prediction } = maps
  const foreground = foregroundOf(prediction)
  const agreed = voters.length > 1 ? agreement(found, voters) : null
  const { entropy, mutualInformation } = prediction
  const sureness = { foreground, entropy, mutualInformation }
  const objects = objectUncertainty(found, sureness, agreed?.objectIou ?? null)
  const novelty = noveltyIn(look.maps, foreground, statistics)
  const typicalArea = (Math.PI / 4) * (target ?? typicalDiameter(found) ?? 1) ** 2
  const evidence = {
    labels: found,
    maps: sureness,
    objects,
    agreement: agreed,
    novelty,
    typicalArea,
  }
  const { uncertainty, components } = fieldUncertainty(evidence)
  const { labels, originOf } = enlargeLabels({
    labels: found,
    foreground: { width: maps.width, height: maps.height, pixels: foreground },
    threshold: foregroundThreshold(task, params.decode),
    width: plane.width,
    height: plane.height,
  })
  return {
    labels,
    diameter: typicalDiameter(labels),
    columns: predictionColumns(objects, agreed, originOf),
    prediction,
    factor: look.factor,
    uncertainty,
    components,
    novelty,
    ...abstain({ uncertainty, novelty, objectScores: objects.score }, params.abstain),
    shown: views.at(member.description, look.factor),
  }
}

interface AllPasses {
  readonly maps: TalliedMaps
  /** What each member finds by itself; where there is one member, what each of its passes finds. */
  readonly voters: readonly Labels[]
}

async function runAll(
  { members, seed }: FieldToPredict,
  params: Inference,
  views: FieldViews,
  look: FirstLook,
): Promise<AllPasses> {
  const droppable = members.map(({ description }) => (description.use?.dropout ?? null) !== null)
  const passes = planPasses(droppable, params)
  const total = tallyPasses(look.maps)
  const voters: Labels[] = []
  for (const group of votersOf(passes, members.length)) {
    const member = members[group[0]!.member]!
    const { description } = member
    const own = group.length === 1 ? null : tallyPasses(look.maps)
    let last: ObjectMaps = look.maps
    for (const pass of group) {
      const maps = isFirstLook(pass)
        ? look.maps
        : await runPass(views.at(description, look.factor), member, pass, params, seed)
      total.add(maps)
      own?.add(maps)
      last = maps
    }
    if (passes.length === 1) break
    const looked = group.length === 1 && isFirstLook(group[0]!) ? look.found : null
    voters.push(looked ?? decoded(own?.finish() ?? last, description, params))
  }
  return { maps: total.finish(), voters }
}

function decoded(maps: ObjectMaps, description: ModelDescription, params: Inference): Labels {
  const target = description.use?.diameter ?? null
  return decodeObjects(taskOf(description), maps, params.decode, target)
}

function votersOf(passes: readonly Pass[], members: number): readonly (readonly Pass[])[] {
  if (members === 1) return passes.map(pass => [pass])
  return [...Map.groupBy(passes, ({ member }) => member).values()]
}

/** Whether the first look was just this pass. */
function isFirstLook({ member, augmentation, dropout }: Pass): boolean {
  const { dihedral, scale, intensity } = augmentation
  return member === 0 && dropout === null && dihedral === 0 && scale === 1 && intensity === 1
}

function noveltyIn(
  { features, width, height }: PassMaps,
  foreground: Float32Array,
  statistics: NoveltyStatistics | null,
): number | null {
  if (features === null || statistics === null) return null
  const size = { width: features.dims[3]!, height: features.dims[2]! }
  const weights =
    statistics.weights === 'foreground' ? shrinkMap(foreground, { width, height }, size) : null
  return noveltyOf(poolFeatures(features, weights, statistics.pool), statistics).novelty
}
