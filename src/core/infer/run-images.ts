import { applyAugmentation } from './augment.ts'
import { fromPlanar, toPlanar } from './axis-order.ts'
import { describingOutputs } from './describing-network.ts'
import { dropoutInput } from './dropout-input.ts'
import { imageInput, type NetworkMember } from './network-member.ts'
import type { Pass } from './plan-passes.ts'
import type { Tensor } from './tensor.ts'

/** What a network said of some images, in their order. */
export interface DescribedImages {
  /** [n, k]: a vector each. */
  readonly vectors: Tensor
  /** [n, C, height, width] of the images as they were shown; null where the network exports none. */
  readonly features: Tensor | null
}

/** How many images go through a network together, where it takes any number. */
export const IMAGES_AT_ONCE = 64

/**
 * Shows images of one size, [n, c, height, width], to a network that describes them, in one way.
 *
 * A network that takes a fixed number of images is given blank ones to make it up.
 * @param seed of the dropout masks
 */
export async function runImages(
  images: Tensor,
  member: NetworkMember,
  pass: Pick<Pass, 'augmentation' | 'dropout'>,
  seed: number,
): Promise<DescribedImages> {
  const { description, run } = member
  const input = imageInput(description)
  const { vector, features } = describingOutputs(description)
  const shown = applyAugmentation(images, pass.augmentation)
  const size = batchOf(member) ?? IMAGES_AT_ONCE
  const parts: DescribedImages[] = []
  for (const batch of batchesOf(shown, size, batchOf(member) !== null)) {
    const outputs = await run({
      [input.id]: fromPlanar(batch.tensor, input.axes),
      ...dropoutInput(description, pass.dropout, seed, batch.tensor.dims[0]!),
    })
    const take = (id: string, axes: typeof input.axes): Tensor =>
      firstOf(toPlanar(outputs[id]!, axes), batch.count)
    const vectors = take(vector.id, vector.axes)
    parts.push({
      vectors: { data: vectors.data, dims: [batch.count, vectors.data.length / batch.count] },
      features: features === null ? null : take(features.id, features.axes),
    })
  }
  const pieces = parts.flatMap(part => (part.features === null ? [] : [part.features]))
  return {
    vectors: joined(parts.map(part => part.vectors)),
    features: features === null ? null : joined(pieces),
  }
}

/** How many images a network takes at once; null for any number. */
function batchOf({ description }: NetworkMember): number | null {
  const axis = imageInput(description).axes.find(({ kind }) => kind === 'batch')
  if (axis === undefined) return 1
  return axis.size.kind === 'fixed' ? axis.size.size : null
}

interface Batch {
  readonly tensor: Tensor
  /** How many of its images were asked about. */
  readonly count: number
}

function batchesOf({ data, dims }: Tensor, size: number, fixed: boolean): readonly Batch[] {
  const images = dims[0]!
  const length = images === 0 ? 0 : data.length / images
  const batches: Batch[] = []
  for (let from = 0; from < images; from += size) {
    const count = Math.min(size, images - from)
    const own = data.subarray(from * length, (from + count) * length)
    const places = fixed ? size : count
    const full = places === count ? own : new Float32Array(places * length)
    if (full !== own) full.set(own)
    batches.push({ tensor: { data: full, dims: [places, ...dims.slice(1)] }, count })
  }
  return batches
}

function firstOf({ data, dims }: Tensor, count: number): Tensor {
  const length = data.length / dims[0]!
  return { data: data.subarray(0, count * length), dims: [count, ...dims.slice(1)] }
}

/** Of no images, [0]. */
function joined(parts: readonly Tensor[]): Tensor {
  const [first] = parts
  if (first === undefined) return { data: new Float32Array(0), dims: [0] }
  if (parts.length === 1) return first
  const data = new Float32Array(parts.reduce((sum, part) => sum + part.data.length, 0))
  let at = 0
  for (const part of parts) {
    data.set(part.data, at)
    at += part.data.length
  }
  const images = parts.reduce((sum, part) => sum + part.dims[0]!, 0)
  return { data, dims: [images, ...first.dims.slice(1)] }
}
