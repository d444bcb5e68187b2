import type { NetworkUse, TensorDescription } from '#core/infer/model-description.ts'

/**
 * What a network is for, where its package does not say so to Parfocal and it is beyond doubt: an output
 * that ends as StarDist's, or a package tagged so with one probability and a plausible number of rays.
 */
export function inferUse(
  outputs: readonly TensorDescription[],
  tags: readonly string[],
): NetworkUse | null {
  const decoded = outputs.some(({ processing }) =>
    processing.some(({ id }) => id === 'stardist_postprocessing'),
  )
  const tagged = tags.some(tag => /^stardist(?:2d)?$/i.test(tag))
  const rays = outputs.length === 1 ? channels(outputs[0]!) - 1 : 0
  if (!decoded && !(tagged && rays >= 8 && rays % 8 === 0)) return null
  return {
    task: 'stardist',
    diameter: null,
    temperature: 1,
    dropout: null,
    features: null,
    outOfDistribution: null,
    classes: [],
  }
}

function channels({ axes }: TensorDescription): number {
  const axis = axes.find(({ kind }) => kind === 'channel')
  return axis?.size.kind === 'fixed' ? axis.size.size : 0
}
