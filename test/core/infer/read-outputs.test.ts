import { describe, expect, test } from 'vitest'
import type { Axis, ModelDescription, TensorDescription } from '#core/infer/model-description.ts'
import type { NetworkUse } from '#core/infer/model-description.ts'
import type { ProcessingStep } from '#core/infer/processing-step.ts'
import { readOutputs } from '#core/infer/read-outputs.ts'
import type { Tensor } from '#core/infer/tensor.ts'
import { axesOf } from '../../support/network-axes.ts'
import { toyDescription } from '../../support/toy-network.ts'

function output(
  id: string,
  processing: readonly ProcessingStep[] = [],
  axes: readonly Axis[] = axesOf('batch', 'channel', 'y', 'x'),
): TensorDescription {
  const rest = { description: '', dtype: 'float32', testTensor: null, optional: false }
  return { id, axes, processing, ...rest }
}

function network(
  use: Partial<NetworkUse>,
  ...outputs: readonly TensorDescription[]
): ModelDescription {
  return { ...toyDescription({ features: null, temperature: 1, ...use }), outputs }
}

/** Channels of two pixels, one above the other. */
function image(...channels: readonly (readonly [number, number])[]): Tensor {
  return { data: Float32Array.from(channels.flat()), dims: [1, channels.length, 2, 1] }
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value))

function closely(tensor: Tensor, ...channels: readonly (readonly [number, number])[]): void {
  expect(tensor.dims).toEqual([1, channels.length, 2, 1])
  channels.flat().forEach((value, i) => expect(tensor.data[i]).toBeCloseTo(value, 6))
}

describe('a network for classes of pixels', () => {
  test('with a softmax gives probabilities that add up to one', () => {
    const description = network({}, output('logits', [{ id: 'softmax', axis: 'channel' }]))
    const logits = image([1, 0], [2, 0], [3, 0])
    const { probabilities, directed, features } = readOutputs({ logits }, description)
    const sum = Math.exp(1) + Math.exp(2) + Math.exp(3)
    closely(
      probabilities,
      [Math.exp(1) / sum, 1 / 3],
      [Math.exp(2) / sum, 1 / 3],
      [Math.exp(3) / sum, 1 / 3],
    )
    expect({ directed, features }).toEqual({ directed: null, features: null })
  })

  test('is made less sure by a temperature above 1', () => {
    const softmax = output('logits', [{ id: 'softmax', axis: 'channel' }])
    const soft = readOutputs(
      { logits: image([0, 0], [2, 4]) },
      network({ temperature: 2 }, softmax),
    )
    closely(soft.probabilities, [sigmoid(-1), sigmoid(-2)], [sigmoid(1), sigmoid(2)])
    const squashed = readOutputs(
      { logits: image([2, -4]) },
      network({ temperature: 4 }, output('logits', [{ id: 'sigmoid' }])),
    )
    closely(squashed.probabilities, [sigmoid(0.5), sigmoid(-1)])
  })

  test('that gives probabilities itself is taken at its word', () => {
    const description = network({ task: 'semantic', temperature: 3 }, output('probability'))
    const { probabilities } = readOutputs({ probability: image([0.25, 1]) }, description)
    closely(probabilities, [0.25, 1])
  })

  test('may have features beside them, in any place, and outputs that are no images', () => {
    const vector = output('summary', [], axesOf('batch', 'channel'))
    const features = image([7, 8], [9, 10])
    const description = network(
      { features: 'features' },
      vector,
      output('features'),
      output('logits', [{ id: 'sigmoid' }]),
    )
    const read = readOutputs({ features, logits: image([0, 0]) }, description)
    expect(read.features).toBe(features)
    closely(read.probabilities, [0.5, 0.5])
  })
})

describe('a StarDist network', () => {
  const probability = [0.25, 0.75] as const
  const rays = [
    [1, 2],
    [3, 4],
    [5, 6],
  ] as const

  test('has its probability in the first channel of one tensor', () => {
    const description = network({ task: 'stardist', temperature: 5 }, output('stars'))
    const stars = image(probability, ...rays)
    const read = readOutputs({ stars }, description)
    closely(read.probabilities, probability)
    closely(read.directed!, probability, ...rays)
  })

  test('or in a tensor of its own, with the same meaning', () => {
    const description = network(
      { task: 'stardist', features: 'features' },
      output('prob'),
      output('features'),
      output('dist'),
    )
    const outputs = {
      dist: image(...rays),
      prob: image(probability),
      features: image([0, 0]),
    }
    const read = readOutputs(outputs, description)
    closely(read.probabilities, probability)
    closely(read.directed!, probability, ...rays)
    expect(read.features).toBe(outputs.features)
  })
})

describe('a network for flows', () => {
  test('has two flows and then the logit of the probability', () => {
    const description = network({ task: 'flows' }, output('flows'))
    const read = readOutputs({ flows: image([1, -1], [2, -2], [0, 3]) }, description)
    closely(read.probabilities, [0.5, sigmoid(3)])
    // What leads pixels to the middles of objects stays as it was.
    closely(read.directed!, [1, -1], [2, -2], [0, 3])
  })

  test('also in two tensors, and with a temperature', () => {
    const description = network({ task: 'flows', temperature: 2 }, output('flow'), output('cell'))
    const outputs = { flow: image([1, -1], [2, -2]), cell: image([2, -2]) }
    const read = readOutputs(outputs, description)
    closely(read.probabilities, [sigmoid(1), sigmoid(-1)])
    closely(read.directed!, [1, -1], [2, -2], [2, -2])
  })
})

test('a network without an image is refused by its name', () => {
  const description = network({}, output('summary', [], axesOf('batch', 'channel')))
  expect(() => readOutputs({}, description)).toThrow('toy gives no image')
})
