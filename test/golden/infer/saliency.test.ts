import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { classActivation } from '#core/infer/class-activation.ts'
import { occlusion } from '#core/infer/occlusion.ts'
import { poolFeatures } from '#core/infer/pool-features.ts'
import { segmentationSaliency } from '#core/infer/segmentation-saliency.ts'
import type { NamedTensors, RunNetwork, Tensor } from '#core/infer/tensor.ts'
import { convolve } from '../../support/convolve.ts'

interface Golden {
  readonly width: number
  readonly height: number
  readonly image: readonly number[]
  readonly first: readonly number[]
  readonly second: readonly number[]
  readonly dense: readonly (readonly number[])[]
  readonly bias: readonly number[]
  readonly mask: readonly number[]
  readonly logits: readonly number[]
  readonly activation: readonly number[]
  readonly occlusion: readonly number[]
  readonly squares: readonly number[]
}

const golden = JSON.parse(
  readFileSync(new URL('saliency.json', import.meta.url), 'utf8'),
) as Golden

const { width, height } = golden
const image: Tensor = { data: Float32Array.from(golden.image), dims: [1, 2, height, width] }

/** Values are below 100 and pass three layers in float32. */
const TOLERANCE = 1e-4

function largestOff(found: ArrayLike<number>, expected: readonly number[]): number {
  expect(found.length).toBe(expected.length)
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(found[i]! - value)), 0)
}

function featuresOf(tensor: Tensor): Tensor {
  return convolve(convolve(tensor, golden.first, 'rectify'), golden.second, 'rectify')
}

function logitsOf(tensor: Tensor): readonly number[] {
  const pooled = poolFeatures(featuresOf(tensor))
  return golden.dense.map((row, k) =>
    row.reduce((sum, weight, c) => sum + weight * pooled[c]!, golden.bias[k]!),
  )
}

const classify: RunNetwork = ({ image: tensor }) =>
  Promise.resolve({ logits: { data: Float32Array.from(logitsOf(tensor!)), dims: [1, 2] } })

const segment: RunNetwork = ({ image: tensor }) => {
  const { data, dims } = convolve(
    convolve(tensor!, golden.first, 'rectify'),
    golden.mask,
    'plain',
  )
  return Promise.resolve({ mask: { data: data.map(value => 1 / (1 + Math.exp(-value))), dims } })
}
const foreground = (outputs: NamedTensors): Float32Array => outputs['mask']!.data

describe('saliency against PyTorch', () => {
  test('class activation sums to the logit without its intercept', () => {
    expect(largestOff(logitsOf(image), golden.logits)).toBeLessThan(TOLERANCE)
    const map = classActivation(featuresOf(image), golden.dense, 1)
    expect(largestOff(map.pixels, golden.activation)).toBeLessThan(TOLERANCE)
    const mean = map.pixels.reduce((sum, value) => sum + value, 0) / map.pixels.length
    expect(mean + golden.bias[1]!).toBeCloseTo(golden.logits[1]!, 4)
  })

  test('occlusion', async () => {
    const map = await occlusion(
      {
        run: classify,
        inputs: { image },
        image: 'image',
        score: outputs => outputs['logits']!.data[1]!,
      },
      { patch: 5, stride: 3, fill: 'mean', batch: 1 },
    )
    expect(largestOff(map.pixels, golden.occlusion)).toBeLessThan(TOLERANCE)
  })

  // Two layers of 3 × 3 see two pixels far: squares of 4 do not meet from 2 · 2 + 4 = 8 on.
  test.each([8, 12, 400])('all squares %i apart at once equal one at a time', async spacing => {
    const map = await segmentationSaliency(
      { run: segment, inputs: { image }, image: 'image', foreground },
      { patch: 4, radius: 2, spacing, fill: 'mean', within: null },
    )
    expect(map).toMatchObject({ width: 6, height: 5 })
    expect(largestOff(map.pixels, golden.squares)).toBeLessThan(TOLERANCE)
  })

  test('squares that meet are told apart less well', async () => {
    const map = await segmentationSaliency(
      { run: segment, inputs: { image }, image: 'image', foreground },
      { patch: 4, radius: 2, spacing: 4, fill: 'mean', within: null },
    )
    expect(largestOff(map.pixels, golden.squares)).toBeGreaterThan(0.1)
  })
})
