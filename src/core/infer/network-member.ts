import type { Inference } from './inference-params.ts'
import type { Axis, ModelDescription, TensorDescription } from './model-description.ts'
import type { RunNetwork } from './tensor.ts'

/** A network that is ready to run: one member of an ensemble. */
export interface NetworkMember {
  readonly description: ModelDescription
  readonly run: RunNetwork
}

/** Tasks of networks that find objects. */
const FINDING = ['instances-from-boundary', 'stardist', 'flows', 'semantic'] as const
export type FindingTask = (typeof FINDING)[number]

/** What a network finds objects by; null where it does something else, or does not say. */
export function findingTask({ use }: ModelDescription): FindingTask | null {
  return FINDING.find(task => task === use?.task) ?? null
}

/** Tasks whose outputs have directions in them, which would have to be turned with the image. */
const DIRECTED: readonly FindingTask[] = ['stardist', 'flows']

/** Why networks cannot find objects together as a recipe says; null where they can. */
export function whyNotTogether(
  descriptions: readonly ModelDescription[],
  { channels, augment }: Inference,
): string | null {
  const tasks = new Set(descriptions.map(findingTask))
  const [task] = tasks
  if (task === undefined || task === null || tasks.has(null)) {
    return 'its description does not say how objects are made of what it gives; a recipe says it by infer.treatAs'
  }
  if (tasks.size > 1) return `an ensemble cannot mix ${[...tasks].join(' and ')}`
  if (new Set(descriptions.map(({ use }) => use!.diameter)).size > 1) {
    return 'the members of an ensemble must be made for nuclei of one size'
  }
  const directed = DIRECTED.includes(task)
  const shown = augment.dihedral > 1 || augment.scales.length > 1
  if (directed && shown) return `${task} allows no turns and no scales as augmentation`
  const wanted = descriptions.map(description => channelsOf(imageInput(description)))
  const other = wanted.find(count => count !== null && count !== channels.length)
  return other === undefined
    ? null
    : `it takes ${other} channels, and the recipe shows ${channels.length}`
}

/** A description that leaves open how objects are made, with what the recipe says of it. */
export function asTreated(
  description: ModelDescription,
  { treatAs }: Pick<Inference, 'treatAs'>,
): ModelDescription {
  if (treatAs === undefined || description.use !== null) return description
  const nothing = { temperature: 1, dropout: null, features: null, outOfDistribution: null }
  return { ...description, use: { ...treatAs, ...nothing, classes: [] } }
}

/** The input that takes the image: the one with the most axes of space, the first of equals. */
export function imageInput({ inputs }: ModelDescription): TensorDescription {
  const ranked = inputs.toSorted((a, b) => spaceAxes(b).length - spaceAxes(a).length)
  if (ranked[0] === undefined) throw new RangeError('A network without an input')
  return ranked[0]
}

export function spaceAxes({ axes }: TensorDescription): readonly Axis[] {
  return axes.filter(({ kind }) => kind === 'space')
}

/** How many channels an input takes; null where it takes any number. */
function channelsOf({ axes }: TensorDescription): number | null {
  const axis = axes.find(({ kind }) => kind === 'channel')
  if (axis === undefined) return 1
  if (axis.channelNames.length > 0) return axis.channelNames.length
  return axis.size.kind === 'fixed' ? axis.size.size : null
}
