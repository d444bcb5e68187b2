import { describe, expect, test } from 'vitest'
import { batchesOf, fillValues, imageOf, scoresOf } from '#core/infer/saliency-input.ts'
import type { NamedTensors } from '#core/infer/tensor.ts'

const image = { data: Float32Array.of(1, 3, 10, 30), dims: [1, 2, 1, 2] }

describe('imageOf', () => {
  test('gives the shape of a single image', () => {
    expect(imageOf({ image }, 'image').shape).toEqual({
      channels: 2,
      width: 2,
      height: 1,
      pixels: 2,
    })
  })

  test.each([
    ['nothing', {}],
    ['two images', { image: { data: new Float32Array(8), dims: [2, 2, 1, 2] } }],
    ['a vector', { image: { data: new Float32Array(4), dims: [1, 4] } }],
    ['a lie', { image: { data: new Float32Array(3), dims: [1, 2, 1, 2] } }],
  ])('refuses %s', (_, inputs: NamedTensors) => {
    expect(() => imageOf(inputs, 'image')).toThrow('no single image')
  })
})

test('fillValues gives one value, or the mean of each channel', () => {
  const { shape } = imageOf({ image }, 'image')
  expect([...fillValues(image, shape, 'mean')]).toEqual([2, 20])
  expect([...fillValues(image, shape, 0.5)]).toEqual([0.5, 0.5])
})

test('scoresOf asks about several images in one run, other inputs repeated', async () => {
  const asked: NamedTensors[] = []
  const scores = await scoresOf(
    {
      run: inputs => {
        asked.push(inputs)
        return Promise.resolve({ sums: { data: Float32Array.of(5, 6, 7, 8), dims: [2, 2] } })
      },
      inputs: {
        image,
        mask: { data: Float32Array.of(9), dims: [1, 1] },
        level: { data: Float32Array.of(4), dims: [] },
      },
      image: 'image',
      score: outputs => outputs['sums']!.data[1]!,
    },
    [image.data, Float32Array.of(0, 0, 0, 0)],
  )
  expect(scores).toEqual([6, 8])
  expect(asked).toEqual([
    {
      image: { data: Float32Array.of(1, 3, 10, 30, 0, 0, 0, 0), dims: [2, 2, 1, 2] },
      mask: { data: Float32Array.of(9, 9), dims: [2, 1] },
      level: { data: Float32Array.of(4), dims: [] },
    },
  ])
})

test('batchesOf cuts a list into parts', () => {
  expect(batchesOf([1, 2, 3], 2)).toEqual([[1, 2], [3]])
  expect(() => batchesOf([1], 0)).toThrow('Batches of 0')
})
