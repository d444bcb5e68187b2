import { factorFor } from '../derive/network-scale.ts'
import type { FloatImage } from '../image/blur.ts'
import { classProbabilities } from './class-probabilities.ts'
import { askNetwork } from './class-question.ts'
import { combineClasses } from './combine-members.ts'
import { cutField, type FieldPieces } from './cut-field.ts'
import { classNames, dropsUnits } from './describing-network.ts'
import { explainFieldClass } from './explain-field-class.ts'
import type { WholeFieldClasses } from './field-classes.ts'
import type { FieldViews } from './field-views.ts'
import type { ClassesParams, Inference } from './inference-params.ts'
import { passesOverImages } from './look-at-objects.ts'
import type { NetworkMember } from './network-member.ts'
import { runImages } from './run-images.ts'
import type { Tensor } from './tensor.ts'

export interface FieldToClassify {
  readonly views: FieldViews
  /** At least one; members tell the same classes. */
  readonly members: readonly NetworkMember[]
  /** Of a typical nucleus in pixels of the field; null where there is none. */
  readonly diameter: number | null
  /** Of the dropout masks. */
  readonly seed: number
}

export interface ClassifiedField {
  readonly classes: WholeFieldClasses
  /** What spoke for the likeliest class, 0 nothing to 1 the most; null where that was not asked. */
  readonly map: FloatImage | null
}

/**
 * Which class a field is of as a whole, by networks that were trained for it: the mean probability over members,
 * orientations, brightnesses and dropout masks, each the mean over the pieces of the field by their area.
 */
export const classifyField = Object.freeze({
  id: 'infer.classify-field',
  version: 1,
  run: classify,
})

async function classify(
  { views, members, diameter, seed }: FieldToClassify,
  limits: ClassesParams,
  params: Pick<Inference, 'augment' | 'dropout' | 'tile'>,
): Promise<ClassifiedField> {
  const pieces = members.map(({ description }) => {
    const target = description.use?.diameter ?? null
    const factor = target === null || diameter === null ? 1 : factorFor(diameter, target)
    return cutField(views.at(description, factor), description, params.tile)
  })
  const droppable = members.map(({ description }) => dropsUnits(description))
  const said: Float64Array[] = []
  for (const pass of passesOverImages(droppable, params)) {
    const member = members[pass.member]!
    const { vectors } = await runImages(pieces[pass.member]!.images, member, pass, seed)
    said.push(meanOverPieces(vectors, pieces[pass.member]!, member))
  }
  const { probabilities, likeliest, entropy, mutualInformation } = combineClasses(said)
  const [first] = members
  const names = classNames(first!.description)
  const told =
    limits.saliency === 'none'
      ? null
      : await explainFieldClass(askNetwork(first!), pieces[0]!, likeliest, limits.saliency, seed)
  return {
    classes: {
      of: 'field',
      classes: names.map((name, k) => ({ name, probability: probabilities[k]! })),
      found: probabilities[likeliest]! >= limits.leastProbability ? names[likeliest]! : null,
      entropy,
      mutualInformation,
      explained: told?.explained ?? null,
    },
    map: told?.map ?? null,
  }
}

function meanOverPieces(
  { data, dims }: Tensor,
  { tiles }: FieldPieces,
  { description }: NetworkMember,
): Float64Array {
  const length = dims[1]!
  const areas = tiles.map(({ core }) => core.width * core.height)
  const all = areas.reduce((sum, area) => sum + area, 0)
  const mean = new Float64Array(classNames(description).length)
  for (const [i, area] of areas.entries()) {
    const vector = data.subarray(i * length, (i + 1) * length)
    const own = classProbabilities(vector, description)
    for (let k = 0; k < mean.length; k += 1) mean[k]! += (own[k]! * area) / all
  }
  return mean
}
