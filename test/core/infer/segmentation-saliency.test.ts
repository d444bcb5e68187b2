import { describe, expect, test } from 'vitest'
import {
  segmentationSaliency,
  type SegmentationQuestion,
} from '#core/infer/segmentation-saliency.ts'

const WIDTH = 24
const HEIGHT = 12
let runs = 0

/** A network that takes the pixel three to the left for its answer. */
const question: SegmentationQuestion = {
  run: ({ image }) => {
    runs += 1
    const { data, dims } = image!
    const mask = data.map((_, i) => (i % WIDTH < 3 ? 0 : data[i - 3]!))
    return Promise.resolve({ mask: { data: mask, dims } })
  },
  inputs: {
    image: {
      data: Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
        i % WIDTH >= 8 && i % WIDTH < 10 && Math.floor(i / WIDTH) === 5 ? 1 : 0,
      ),
      dims: [1, 1, HEIGHT, WIDTH],
    },
  },
  image: 'image',
  foreground: outputs => outputs['mask']!.data,
}
const params = { patch: 2, radius: 3, spacing: 8, fill: 0, within: null }

describe('segmentationSaliency', () => {
  test('finds the square that decided, not the one where the answer is', async () => {
    runs = 0
    const { width, height, pixels } = await segmentationSaliency(question, params)
    expect({ width, height }).toEqual({ width: 12, height: 6 })
    expect(runs).toBe(1 + 4 * 4)
    const expected = new Float32Array(12 * 6)
    expected[2 * 12 + 4] = 2
    expect(pixels).toEqual(expected)
  })

  test('asks about part of the answer', async () => {
    const within = new Uint8Array(WIDTH * HEIGHT)
    within[5 * WIDTH + 11] = 1
    const { pixels } = await segmentationSaliency(question, { ...params, within })
    expect(pixels[2 * 12 + 4]).toBe(1)
    const elsewhere = new Uint8Array(WIDTH * HEIGHT).fill(1, 0, 5 * WIDTH)
    const none = await segmentationSaliency(question, { ...params, within: elsewhere })
    expect(none.pixels.every(value => value === 0)).toBe(true)
  })

  test('takes no more runs than there are squares', async () => {
    runs = 0
    await segmentationSaliency(question, { ...params, spacing: 800 })
    expect(runs).toBe(1 + 12 * 6)
  })

  test('bears a network that answers in the same place each time', async () => {
    const place = new Float32Array(WIDTH * HEIGHT)
    const run: SegmentationQuestion['run'] = async inputs => {
      const { mask } = await question.run(inputs)
      place.set(mask!.data)
      return { mask: { data: place, dims: mask!.dims } }
    }
    const { pixels } = await segmentationSaliency({ ...question, run }, params)
    expect(pixels[2 * 12 + 4]).toBe(2)
  })

  test('refuses squares that do not lie on one grid, and sizes that differ', async () => {
    await expect(segmentationSaliency(question, { ...params, spacing: 7 })).rejects.toThrow(
      'Squares of 2 every 7',
    )
    const within = new Uint8Array(3)
    await expect(segmentationSaliency(question, { ...params, within })).rejects.toThrow(
      'A mask of 3',
    )
  })
})
