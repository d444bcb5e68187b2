import { describe, expect, test } from 'vitest'
import { occlusion } from '#core/infer/occlusion.ts'
import type { RunNetwork } from '#core/infer/tensor.ts'

const image = { data: Float32Array.of(1, 0, 0, 5, 0, 0, 0, 0, -2), dims: [1, 1, 3, 3] }
let runs = 0
/** The sum of each image's pixels. */
const sum: RunNetwork = ({ image: tensor }) => {
  runs += 1
  const { data, dims } = tensor!
  const count = dims[0]!
  const size = data.length / count
  const sums = Float32Array.from({ length: count }, (_, i) =>
    data.subarray(i * size, (i + 1) * size).reduce((total, value) => total + value, 0),
  )
  return Promise.resolve({ sum: { data: sums, dims: [count, 1] } })
}
const question = {
  run: sum,
  inputs: { image },
  image: 'image',
  score: (outputs: Awaited<ReturnType<RunNetwork>>): number => outputs['sum']!.data[0]!,
}

describe('occlusion', () => {
  test.each([1, 4])('shows by how much the score falls, %i squares a run', async batch => {
    const params = { patch: 1, stride: 1, fill: 0, batch }
    expect(await occlusion(question, params)).toEqual({
      width: 3,
      height: 3,
      pixels: image.data,
    })
  })

  test('takes the mean over the squares that cover a pixel', async () => {
    const { pixels } = await occlusion(question, { patch: 2, stride: 1, fill: 0, batch: 1 })
    // Covering the upper squares takes away 6 and 0, the lower ones 5 and −2.
    expect([...pixels]).toEqual([6, 3, 0, 5.5, 2.25, -1, 5, 1.5, -2])
  })

  test('covers all of an image that squares do not divide, and one smaller than a square', async () => {
    runs = 0
    const { pixels } = await occlusion(question, { patch: 2, stride: 2, fill: 0, batch: 1 })
    expect(pixels.every(Number.isFinite)).toBe(true)
    expect(runs).toBe(1 + 4)
    const one = await occlusion(question, { patch: 9, stride: 9, fill: 0, batch: 1 })
    expect([...one.pixels]).toEqual(Array(9).fill(4))
  })

  test('refuses gaps between squares', async () => {
    const params = { patch: 2, stride: 3, fill: 0, batch: 1 }
    await expect(occlusion(question, params)).rejects.toThrow('Squares of 2 every 3 pixels')
  })
})
