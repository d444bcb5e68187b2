import { expect, test } from 'vitest'
import { Inference } from '#core/infer/inference-params.ts'
import { mostPasses, planPasses } from '#core/infer/plan-passes.ts'

function recipe(parts: object, members = 1): Inference {
  const models = Array.from({ length: members }, (_, i) => `toy-${i}@1.0.0`)
  return Inference.parse({ models, ...parts })
}

test('without augmentation and dropout each member sees the field once', () => {
  const plain = { dihedral: 0, scale: 1, intensity: 1 }
  expect(planPasses([true, false], recipe({}, 2))).toEqual([
    { member: 0, augmentation: plain, dropout: null },
    { member: 1, augmentation: plain, dropout: null },
  ])
})

test('members come one after the other, augmentations within them, masks within those', () => {
  const params = recipe({ augment: { scales: [1, 1.5] }, dropout: { passes: 2 } }, 2)
  const passes = planPasses([true, true], params)
  expect(passes.map(({ member, augmentation }) => [member, augmentation.scale])).toEqual(
    [0, 0, 0, 0, 1, 1, 1, 1].map((member, i) => [member, [1, 1, 1.5, 1.5][i % 4]]),
  )
})

test('no two passes share a mask, whatever the members', () => {
  const params = recipe({ augment: { dihedral: 8 }, dropout: { passes: 3 } }, 3)
  const passes = planPasses([true, false, true], params)
  const masks = passes.map(({ dropout }) => dropout).filter(mask => mask !== null)
  expect(masks).toEqual(Array.from({ length: 2 * 8 * 3 }, (_, i) => i))
  expect(passes.filter(({ member }) => member === 1)).toHaveLength(8)
})

test('are never more than the recipe can ask for, and as many where all have masks', () => {
  const params = recipe(
    { augment: { dihedral: 8, scales: [1, 2], intensities: [0.7, 1] }, dropout: { passes: 5 } },
    2,
  )
  expect(mostPasses(params)).toBe(2 * 8 * 2 * 2 * 5)
  expect(planPasses([true, true], params)).toHaveLength(mostPasses(params))
  expect(planPasses([false, true], params).length).toBeLessThan(mostPasses(params))
  expect(mostPasses(recipe({}))).toBe(1)
})
