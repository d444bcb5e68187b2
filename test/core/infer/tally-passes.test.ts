import { expect, test } from 'vitest'
import type { PassMaps } from '#core/infer/run-pass.ts'
import { tallyPasses } from '#core/infer/tally-passes.ts'

function pass(probability: number, rays: number | null = null): PassMaps {
  return {
    ...{ width: 2, height: 1, classes: 1, features: null },
    probabilities: Float32Array.of(probability, 1),
    directed: rays === null ? null : { data: Float32Array.of(rays, 2 * rays), dims: [1, 2, 1, 1] },
  }
}

test('passes count with their mean', () => {
  const tally = tallyPasses(pass(0))
  for (const probability of [0.25, 0.5, 0.75]) tally.add(pass(probability))
  const { probabilities, directed, prediction, ...size } = tally.finish()
  expect([...probabilities]).toEqual([0.5, 1])
  expect({ directed, ...size }).toEqual({ directed: null, width: 2, height: 1, classes: 1 })
  expect(prediction.passes).toBe(3)
  expect(prediction.mutualInformation[0]).toBeGreaterThan(0.05)
  expect(prediction.mutualInformation[1]).toBeCloseTo(0, 6)
})

test('so do rays and flows, on their own grid', () => {
  const tally = tallyPasses(pass(0.5, 1))
  for (const rays of [1, 2, 6]) tally.add(pass(0.5, rays))
  const { directed } = tally.finish()
  expect({ data: [...directed!.data], dims: directed!.dims }).toEqual({
    data: [3, 6],
    dims: [1, 2, 1, 1],
  })
})
