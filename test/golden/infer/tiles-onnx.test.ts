import { readFileSync } from 'node:fs'
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import { beforeAll, describe, expect, test } from 'vitest'
import { runTiled, type RunTiles } from '#core/infer/run-tiled.ts'
import type { Tensor } from '#core/infer/tensor.ts'
import { planTiles } from '#core/infer/tile-plan.ts'
import { randomFrom } from '#core/simulate/random.ts'

/** How far the network of test/fixtures/make_tiny_unet.py looks, and its poolings. */
const HALO = 24
const STEP = 4

let run: RunTiles

beforeAll(async () => {
  const bytes = readFileSync(new URL('../../fixtures/tiny-unet.onnx', import.meta.url))
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1 })
  run = async tiles => {
    const results = await session.run({ image: new OrtTensor('float32', tiles.data, tiles.dims) })
    const entries = Object.entries(results).map(([name, { data, dims }]) => {
      if (!(data instanceof Float32Array)) throw new Error(`${name} is not float32`)
      return [name, { data, dims }] as const
    })
    return Object.fromEntries(entries)
  }
})

function image(width: number, height: number): Tensor {
  const random = randomFrom('onnx', width, height)
  const data = Float32Array.from({ length: width * height }, () => random.normal())
  return { data, dims: [1, 1, height, width] }
}

function worst(a: Tensor, b: Tensor): number {
  expect(a.dims).toEqual(b.dims)
  return a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - b.data[i]!)), 0)
}

describe('tiles through ONNX Runtime', () => {
  test.each([
    { width: 64, height: 64, tile: 80 },
    { width: 301, height: 203, tile: 120 },
    { width: 640, height: 517, tile: 256 },
  ])('are the whole $width × $height within 10⁻⁵', async ({ width, height, tile }) => {
    const pixels = image(width, height)
    const request = { width, height, halo: HALO, step: STEP }
    const whole = planTiles({ ...request, tile: 1024 })
    expect(whole.tiles).toHaveLength(1)
    const expected = await runTiled(pixels, whole, run, { batch: 1, blend: 'none' })
    const plan = planTiles({ ...request, tile })
    expect(plan.tiles.length).toBeGreaterThan(1)
    const tiled = await runTiled(pixels, plan, run, { batch: 2, blend: 'none' })
    for (const name of ['maps', 'features']) {
      expect(worst(tiled[name]!, expected[name]!)).toBeLessThanOrEqual(1e-5)
    }
  })

  test('are not where the halo is too small, so that the network does look around', async () => {
    const pixels = image(301, 203)
    const request = { width: 301, height: 203, halo: STEP, step: STEP }
    const whole = planTiles({ ...request, halo: HALO, tile: 1024 })
    const expected = await runTiled(pixels, whole, run, { batch: 1, blend: 'none' })
    const plan = planTiles({ ...request, tile: 120 })
    const tiled = await runTiled(pixels, plan, run, { batch: 1, blend: 'none' })
    expect(worst(tiled['maps']!, expected['maps']!)).toBeGreaterThan(1e-3)
  })
})
