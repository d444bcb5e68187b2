import { describe, expect, test } from 'vitest'
import { deletionCurve } from '#core/infer/deletion-curve.ts'
import type { SaliencyQuestion } from '#core/infer/saliency-input.ts'

const question: SaliencyQuestion = {
  run: ({ image }) => {
    const sum = image!.data.reduce((total, value) => total + value, 0)
    return Promise.resolve({ sum: { data: Float32Array.of(sum), dims: [1, 1] } })
  },
  inputs: { image: { data: Float32Array.of(1, 4, 2, 3), dims: [1, 1, 2, 2] } },
  image: 'image',
  score: outputs => outputs['sum']!.data[0]!,
}
const map = (...pixels: readonly number[]) => ({
  width: 2,
  height: 2,
  pixels: Float32Array.from(pixels),
})

describe('deletionCurve', () => {
  test('takes pixels away from the most important on', async () => {
    const params = { mode: 'delete', steps: 4, fill: 0 } as const
    const curve = await deletionCurve(question, map(1, 4, 2, 3), params)
    expect([...curve.scores]).toEqual([10, 6, 3, 1, 0])
    expect(curve.area).toBeCloseTo((5 + 6 + 3 + 1) / 4, 12)
    const worst = await deletionCurve(question, map(-1, -4, -2, -3), params)
    expect(worst.area).toBeGreaterThan(curve.area)
  })

  test('puts them back in the same order', async () => {
    const { scores } = await deletionCurve(question, map(1, 4, 2, 3), {
      mode: 'insert',
      steps: 2,
      fill: 0,
    })
    expect([...scores]).toEqual([0, 7, 10])
  })

  test('takes equal pixels from the top left', async () => {
    const { scores } = await deletionCurve(question, map(0, 0, 0, 0), {
      mode: 'delete',
      steps: 4,
      fill: 'mean',
    })
    expect([...scores]).toEqual([10, 11.5, 10, 10.5, 10])
  })

  test('refuses a map of another size', async () => {
    const wide = { width: 4, height: 1, pixels: new Float32Array(4) }
    await expect(
      deletionCurve(question, wide, { mode: 'delete', steps: 1, fill: 0 }),
    ).rejects.toThrow('A map of 4×1')
  })
})
