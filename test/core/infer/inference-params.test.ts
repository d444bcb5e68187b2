import { expect, test } from 'vitest'
import { Inference } from '#core/infer/inference-params.ts'

const models = ['nuclei-1@1.0.0']

test('objects leave no field to a person unless the recipe says so', () => {
  expect(Inference.parse({ models }).abstain).toEqual({ uncertainty: 0.5, novelty: 0.99 })
})

test.each([
  [{}, { score: 0.6, share: 0.3 }],
  [{ share: 0.1 }, { score: 0.6, share: 0.1 }],
  [{ score: 0 }, { score: 0, share: 0.3 }],
])('what %j leaves out of the limits for objects is the usual', (objects, limits) => {
  expect(Inference.parse({ models, abstain: { objects } }).abstain.objects).toEqual(limits)
})

test('a network is named with its version', () => {
  expect(Inference.safeParse({ models: ['nuclei-1'] }).success).toBe(false)
})
