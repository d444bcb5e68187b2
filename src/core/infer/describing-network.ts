import { classColumnWord } from './class-columns.ts'
import type { Axis, ModelDescription, NetworkUse, TensorDescription } from './model-description.ts'
import { imageInput, spaceAxes } from './network-member.ts'

/** Tasks of networks that say something of an image as a whole, in one vector. */
export type DescribingTask = Extract<NetworkUse['task'], 'classification' | 'embedding'>

export interface DescribingOutputs {
  /** A number a class, or the embedding. */
  readonly vector: TensorDescription
  /** What the vector is made of, an image; null where the network exports none. */
  readonly features: TensorDescription | null
}

/** @throws RangeError for a network that gives no vector. */
export function describingOutputs({ id, use, outputs }: ModelDescription): DescribingOutputs {
  const vector = outputs.find(output => !isImage(output))
  if (vector === undefined) throw new RangeError(`${id} gives no vector`)
  const features = outputs.find(output => output.id === use?.features && isImage(output)) ?? null
  return { vector, features }
}

/** Why networks cannot say this of the channels of a recipe together; null where they can. */
export function whyNotDescribing(
  descriptions: readonly ModelDescription[],
  task: DescribingTask,
  channels: number,
): string | null {
  for (const description of descriptions) {
    const { use, outputs } = description
    if (use?.task !== task) return `its task is ${use?.task ?? 'not known'}, not ${task}`
    if (!outputs.some(output => !isImage(output))) return 'it gives images, not one vector'
    const input = imageInput(description)
    if (spaceAxes(input).length !== 2) return 'it takes no image of two axes'
    const wants = channelsOf(input)
    if (wants !== null && wants !== channels) {
      return `it takes ${wants} channels, and the recipe shows ${channels}`
    }
    const detail = task === 'classification' ? whyNoClasses(description) : null
    if (detail !== null) return detail
  }
  const lists = new Set(descriptions.map(({ use }) => JSON.stringify(use?.classes)))
  if (task === 'classification' && lists.size > 1) {
    return 'the members of an ensemble must tell the same classes'
  }
  return null
}

/** Names of a classifier's classes in the order of its numbers; beside a single one stands that it is not. */
export function classNames({ use }: ModelDescription): readonly string[] {
  const { classes = [] } = use ?? {}
  return classes.length === 1 ? [classes[0]!, `not ${classes[0]!}`] : classes
}

/** Whether a network's dropout masks are an input. */
export function dropsUnits({ use }: ModelDescription): boolean {
  return (use?.dropout ?? null) !== null
}

function whyNoClasses(description: ModelDescription): string | null {
  const { classes = [] } = description.use ?? {}
  if (classes.length === 0) return 'it does not name its classes'
  const words = new Set(classNames(description).map(classColumnWord))
  if (words.size < classes.length) return 'names of its classes differ by punctuation alone'
  const axis = describingOutputs(description).vector.axes.find(({ kind }) => kind === 'channel')
  const given = axis === undefined ? null : statedLength(axis)
  return given === classes.length
    ? null
    : `it names ${classes.length} classes and gives ${given ?? 'it does not say how many'}`
}

function isImage(output: TensorDescription): boolean {
  return spaceAxes(output).some(({ size }) => size.kind !== 'fixed' || size.size > 1)
}

function channelsOf({ axes }: TensorDescription): number | null {
  const axis = axes.find(({ kind }) => kind === 'channel')
  return axis === undefined ? 1 : statedLength(axis)
}

function statedLength({ channelNames, size }: Axis): number | null {
  if (channelNames.length > 0) return channelNames.length
  return size.kind === 'fixed' ? size.size : null
}
