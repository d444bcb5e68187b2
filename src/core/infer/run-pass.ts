import { applyAugmentation, undoAugmentation } from './augment.ts'
import { fromPlanar, toPlanar } from './axis-order.ts'
import { dropoutInput } from './dropout-input.ts'
import type { Inference } from './inference-params.ts'
import type { AxisSize, ModelDescription, TensorDescription } from './model-description.ts'
import { findingTask, imageInput, spaceAxes, type NetworkMember } from './network-member.ts'
import { readOutputs } from './read-outputs.ts'
import type { Pass } from './plan-passes.ts'
import { runTiled, type RunTiles } from './run-tiled.ts'
import type { NamedTensors, Tensor } from './tensor.ts'
import { planTiles, type TilePlan } from './tile-plan.ts'

/** What one pass gives, over the image that was shown. */
export interface PassMaps {
  readonly width: number
  readonly height: number
  /** [classes, height, width], 0…1; of one class the rest is background. */
  readonly probabilities: Float32Array
  readonly classes: number
  /** As in `ReadOutputs`; tasks that have it know no turns and no scales. */
  readonly directed: Tensor | null
  /** [1, C, …, …] of the augmented image; null where the network exports none. */
  readonly features: Tensor | null
}

/**
 * Shows an image, [1, c, height, width], to one member in one way, tile by tile, and brings what it says back over
 * the image.
 *
 * @param seed of the dropout masks
 */
export async function runPass(
  image: Tensor,
  { description, run }: NetworkMember,
  pass: Pass,
  { tile, batch }: Pick<Inference, 'tile' | 'batch'>,
  seed: number,
): Promise<PassMaps> {
  const shown = applyAugmentation(image, pass.augmentation)
  const plan = tilesFor(description, shown, tile)
  const outputs = await runTiled(shown, plan, feeding(description, run, pass, seed), {
    batch: batchOf(description, batch),
    blend: 'none',
  })
  const { probabilities, directed, features } = readOutputs(outputs, description)
  const size = { width: image.dims[3]!, height: image.dims[2]! }
  return {
    ...size,
    probabilities: undoAugmentation(probabilities, pass.augmentation, size).data,
    classes: probabilities.dims[1]!,
    directed,
    features,
  }
}

/** Cuts an image into what a network takes, with the context that it needs around what is kept. */
function tilesFor(description: ModelDescription, { dims }: Tensor, tile: number): TilePlan {
  const [y, x] = sizesOf(imageInput(description))
  const step = Math.max(stepOf(y), stepOf(x), ...description.outputs.map(coarseness))
  return planTiles({
    width: dims[3]!,
    height: dims[2]!,
    tile,
    halo: contextOf(description),
    step,
    sizes: { width: x, height: y },
  })
}

function sizesOf(input: TensorDescription): readonly [AxisSize, AxisSize] {
  const space = spaceAxes(input)
  const axis = (id: string): AxisSize => space.find(other => other.id === id)!.size
  return [axis('y'), axis('x')]
}

/** A network of one fixed size says nothing of its pooling; five halvings are the most in use. */
const MOST_POOLING = 32

function stepOf(size: AxisSize): number {
  switch (size.kind) {
    case 'stepped':
      return Math.max(1, size.step)
    case 'fixed':
      return size.size % MOST_POOLING === 0 ? MOST_POOLING : 1
    case 'reference':
    case 'dependent':
      return 1
  }
}

/** How far around itself a network looks, in pixels of its input. */
export function contextOf({ outputs }: ModelDescription): number {
  return Math.max(0, ...outputs.map(haloOf))
}

/** Context that an output misses at its border, in pixels of the input. */
function haloOf(output: TensorDescription): number {
  return Math.max(0, ...spaceAxes(output).map(({ halo, scale }) => Math.ceil(halo * scale)))
}

function coarseness(output: TensorDescription): number {
  return Math.max(1, ...spaceAxes(output).map(({ scale }) => Math.ceil(scale)))
}

function batchOf(description: ModelDescription, batch: number): number {
  const axis = imageInput(description).axes.find(({ kind }) => kind === 'batch')
  if (axis === undefined) return 1
  return axis.size.kind === 'fixed' ? axis.size.size : batch
}

/** Runs tiles with everything else that the network wants: dropout masks for each of them. */
function feeding(
  description: ModelDescription,
  run: NetworkMember['run'],
  { dropout }: Pass,
  seed: number,
): RunTiles {
  const input = imageInput(description)
  return async tiles => {
    const masks = dropoutInput(description, dropout, seed, tiles.dims[0]!)
    const outputs = await run({ [input.id]: fromPlanar(tiles, input.axes), ...masks })
    return planarOutputs(outputs, description.outputs)
  }
}

/** Outputs as images, under the same names; those without two axes of space are left out. */
function planarOutputs(
  outputs: NamedTensors,
  descriptions: readonly TensorDescription[],
): NamedTensors {
  const images = descriptions.filter(output => spaceAxes(output).length === 2)
  return Object.fromEntries(
    images.map(({ id, axes }) => [id, toPlanar(outputs[id]!, axes)] as const),
  )
}

/** The finding task of a description that `whyNotTogether` had nothing against. */
export function taskOf(description: ModelDescription) {
  const task = findingTask(description)
  if (task === null) throw new RangeError(`${description.id} finds no objects`)
  return task
}
