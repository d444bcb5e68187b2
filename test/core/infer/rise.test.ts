import { describe, expect, test } from 'vitest'
import { deletionCurve } from '#core/infer/deletion-curve.ts'
import { rise } from '#core/infer/rise.ts'
import type { SaliencyQuestion } from '#core/infer/saliency-input.ts'

const WIDTH = 24
const HEIGHT = 16
const image = {
  data: Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) => 1 + (i % 7)),
  dims: [1, 1, HEIGHT, WIDTH],
}

/** Sees nothing but a square at x 14…19, y 4…9. */
const question: SaliencyQuestion = {
  run: ({ image: tensor }) => {
    const { data, dims } = tensor!
    const scores = Float32Array.from({ length: dims[0]! }, (_, n) => {
      let sum = 0
      for (let y = 4; y < 10; y += 1) {
        for (let x = 14; x < 20; x += 1) sum += data[n * WIDTH * HEIGHT + y * WIDTH + x]!
      }
      return sum / 36
    })
    return Promise.resolve({ score: { data: scores, dims: [dims[0]!, 1] } })
  },
  inputs: { image },
  image: 'image',
  score: outputs => outputs['score']!.data[0]!,
}
const params = { masks: 600, cells: 6, probability: 0.5, fill: 0, seed: 1, batch: 16 }

describe('rise', () => {
  test('finds the pixels that a network looks at', async () => {
    const { width, height, pixels } = await rise(question, params)
    expect({ width, height }).toEqual({ width: WIDTH, height: HEIGHT })
    const peak = pixels.indexOf(Math.max(...pixels))
    expect(peak % WIDTH).toBeGreaterThanOrEqual(14)
    expect(peak % WIDTH).toBeLessThan(20)
    expect(Math.floor(peak / WIDTH)).toBeGreaterThanOrEqual(4)
    expect(Math.floor(peak / WIDTH)).toBeLessThan(10)
  })

  test('takes away what counts sooner than a map of nothing does', async () => {
    const map = await rise(question, params)
    const blank = { ...map, pixels: new Float32Array(map.pixels.length) }
    const curve = async (one: typeof map, mode: 'delete' | 'insert'): Promise<number> =>
      (await deletionCurve(question, one, { mode, steps: 16, fill: 0 })).area
    expect(await curve(map, 'delete')).toBeLessThan((await curve(blank, 'delete')) * 0.6)
    expect(await curve(map, 'insert')).toBeGreaterThan((await curve(blank, 'insert')) * 1.2)
  })

  test('gives the same bits for a seed, however many masks are in a run', async () => {
    const few = { ...params, masks: 20 }
    const once = await rise(question, few)
    expect(await rise(question, { ...few, batch: 1 })).toEqual(once)
    expect(await rise(question, { ...few, seed: 2 })).not.toEqual(once)
  })

  test('is level where all is always seen', async () => {
    const { pixels } = await rise(question, { ...params, masks: 3, probability: 1 })
    for (const value of pixels) expect(value).toBeCloseTo(pixels[0]!, 5)
  })

  test('refuses to see nothing', async () => {
    await expect(rise(question, { ...params, probability: 0 })).rejects.toThrow('probability 0')
    await expect(rise(question, { ...params, masks: 0 })).rejects.toThrow('0 masks')
  })
})
