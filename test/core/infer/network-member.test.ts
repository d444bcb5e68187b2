import { describe, expect, test } from 'vitest'
import { Inference } from '#core/infer/inference-params.ts'
import type { ModelDescription, TensorDescription } from '#core/infer/model-description.ts'
import { findingTask, imageInput, whyNotTogether } from '#core/infer/network-member.ts'
import { toyDescription } from '../../support/toy-network.ts'

function recipe(parts: object = {}): Inference {
  return Inference.parse({ models: ['toy@1.0.0'], ...parts })
}

/** The input as networks have it that name the channels instead of counting them, or take any number. */
function withChannels(change: Partial<TensorDescription['axes'][0]> | null): ModelDescription {
  const description = toyDescription()
  const [image, ...rest] = description.inputs
  const axes =
    change === null
      ? image!.axes.filter(({ kind }) => kind !== 'channel')
      : image!.axes.map(axis => (axis.kind === 'channel' ? { ...axis, ...change } : axis))
  return { ...description, inputs: [{ ...image!, axes }, ...rest] }
}

const SHOWN = [{ augment: { dihedral: 8 } }, { augment: { scales: [1, 1.25] } }]

describe('networks find objects together', () => {
  test.each([
    { name: 'one network', descriptions: [toyDescription()], params: recipe() },
    {
      name: 'an ensemble that is augmented',
      descriptions: [toyDescription(), toyDescription({ temperature: 2, dropout: null })],
      params: recipe({ augment: { dihedral: 8, scales: [1, 1.25] }, dropout: { passes: 3 } }),
    },
    {
      name: 'directed ones as they are, or brighter',
      descriptions: [toyDescription({ task: 'stardist' })],
      params: recipe({ augment: { intensities: [0.7, 1] }, dropout: { passes: 2 } }),
    },
    {
      name: 'two channels that are named',
      descriptions: [withChannels({ channelNames: ['nucleus', 'cell'] })],
      params: recipe({ channels: ['nucleus', 'cell'] }),
    },
    {
      name: 'any number of channels',
      descriptions: [withChannels({ size: { kind: 'stepped', min: 1, step: 1 } })],
      params: recipe({ channels: ['nucleus', 'cell', 'cell'] }),
    },
    {
      name: 'an image without a channel axis',
      descriptions: [withChannels(null)],
      params: recipe(),
    },
  ])('$name', ({ descriptions, params }) => {
    expect(whyNotTogether(descriptions, params)).toBeNull()
  })
})

describe('they do not where', () => {
  test.each([
    { name: 'there is none', descriptions: [], says: 'does not say how objects' },
    {
      name: 'one says nothing of itself',
      descriptions: [toyDescription(), { ...toyDescription(), use: null }],
      says: 'does not say how objects',
    },
    {
      name: 'one finds no objects',
      descriptions: [toyDescription({ task: 'embedding' })],
      says: 'does not say how objects',
    },
    {
      name: 'their tasks differ',
      descriptions: [toyDescription(), toyDescription({ task: 'flows' })],
      says: 'cannot mix instances-from-boundary and flows',
    },
    {
      name: 'they are made for nuclei of different sizes',
      descriptions: [toyDescription(), toyDescription({ diameter: 30 })],
      says: 'nuclei of one size',
    },
  ])('$name', ({ descriptions, says }) => {
    expect(whyNotTogether(descriptions, recipe())).toContain(says)
  })

  test.each(SHOWN)('directions would have to be turned: %o', parts => {
    for (const task of ['stardist', 'flows'] as const) {
      const why = whyNotTogether([toyDescription({ task })], recipe(parts))
      expect(why).toBe(`${task} allows no turns and no scales as augmentation`)
    }
  })

  test.each([
    { description: toyDescription({}, 2), channels: ['nucleus'], says: '2 channels' },
    { description: toyDescription(), channels: ['nucleus', 'cell'], says: 'shows 2' },
    { description: withChannels(null), channels: ['nucleus', 'cell'], says: 'it takes 1 channels' },
    {
      description: withChannels({ channelNames: ['a', 'b', 'c'] }),
      channels: ['nucleus'],
      says: '3 channels',
    },
  ])('channels are too many or too few: $says', ({ description, channels, says }) => {
    expect(whyNotTogether([description], recipe({ channels }))).toContain(says)
  })

  test('a later member takes other channels than the first', () => {
    const why = whyNotTogether([toyDescription(), toyDescription({}, 2)], recipe())
    expect(why).toContain('it takes 2 channels')
  })
})

test('the image goes to the input with most axes of space, wherever it stands', () => {
  const { inputs, ...rest } = toyDescription()
  expect(imageInput({ ...rest, inputs: inputs.toReversed() }).id).toBe('image')
  expect(() => imageInput({ ...rest, inputs: [] })).toThrow('without an input')
})

test('a task that finds no objects is none', () => {
  expect(findingTask(toyDescription({ task: 'classification' }))).toBeNull()
  expect(findingTask({ ...toyDescription(), use: null })).toBeNull()
  expect(findingTask(toyDescription({ task: 'semantic' }))).toBe('semantic')
})
