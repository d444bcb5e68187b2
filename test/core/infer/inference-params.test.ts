import { describe, expect, test } from 'vitest'
import { Inference, ModelReference, networksOf } from '#core/infer/inference-params.ts'

const ONE = { models: ['nuclei-1@1.0.0'] }

describe('how networks look at a field', () => {
  test('is once and as it is where the recipe says no more than which', () => {
    expect(Inference.parse(ONE)).toMatchObject({
      channels: ['nucleus'],
      illumination: 'as-is',
      intensity: { scope: 'field' },
      diameter: 'auto',
      augment: { dihedral: 1, scales: [1], intensities: [1] },
      dropout: { passes: 0 },
      providers: ['cpu'],
      saliency: 'none',
      embedding: null,
      classes: null,
    })
  })

  test.each([
    ['no network', { models: [] }],
    ['a network without a version', { models: ['nuclei-1'] }],
    ['a way of turning that there is not', { ...ONE, augment: { dihedral: 4 } }],
    ['a level that is above the other', { ...ONE, intensity: { scope: 'plate', low: 2, high: 1 } }],
    ['half a pass', { ...ONE, dropout: { passes: 0.5 } }],
    ['a tile that is no multiple of 32', { ...ONE, tile: 200 }],
    ['a word that nobody reads', { ...ONE, augmentation: {} }],
    ['an uncertainty above 1', { ...ONE, abstain: { uncertainty: 2 } }],
  ])('is not %s', (_, recipe) => {
    expect(Inference.safeParse(recipe).success).toBe(false)
  })

  test('parsed again it stays what it was', () => {
    const parsed = Inference.parse({ ...ONE, intensity: { scope: 'plate', low: 0, high: 9 } })
    expect(Inference.parse(parsed)).toEqual(parsed)
  })
})

test.each(['Nuclei@1.0.0', 'nuclei@', '@1.0.0', 'nuclei@latest', 'a/b@1', 'nuclei 1@1.0.0', ''])(
  '%j names no version of a network',
  name => {
    expect(ModelReference.safeParse(name).success).toBe(false)
  },
)

test('every network of a recipe is named once', () => {
  const params = Inference.parse({
    models: ['a@1.0.0', 'b@1.0.0'],
    embedding: 'e@1.0.0',
    classes: { by: 'network', models: ['c@1.0.0', 'b@1.0.0'] },
  })
  expect(networksOf(params)).toEqual(['a@1.0.0', 'b@1.0.0', 'e@1.0.0', 'c@1.0.0'])
})

test('an ensemble has no member twice', () => {
  const twice = Inference.safeParse({ models: ['a@1.0.0', 'a@1.0.0'] })
  expect(twice.error?.issues[0]?.message).toBe('each network once')
})
