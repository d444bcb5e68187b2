import { describe, expect, test } from 'vitest'
import { applyProcessing } from '#core/infer/apply-processing.ts'
import { axesOf } from '../../support/network-axes.ts'

const axes = axesOf('batch', 'channel', 'y', 'x')
const tensor = { data: Float32Array.of(1, 2, 3, 4, 10, 20, 30, 40), dims: [1, 2, 2, 2] }

describe('applyProcessing', () => {
  test('applies steps one after the other', () => {
    const { data } = applyProcessing(tensor, axes, [
      { id: 'scale_linear', gain: [1, 0.1], offset: 0, axis: 'channel' },
      { id: 'clip', min: 2, max: null },
      { id: 'binarize', threshold: 2.5, axis: null },
    ])
    expect([...data]).toEqual([0, 0, 1, 1, 0, 0, 1, 1])
  })

  test('leaves the tensor that it was given as it was', () => {
    const before = tensor.data.slice()
    applyProcessing(tensor, axes, [{ id: 'sigmoid' }, { id: 'clip', min: 0, max: 0.5 }])
    expect(tensor.data).toEqual(before)
  })

  test('leaves star-convex objects to their decoder', () => {
    const step = {
      id: 'stardist_postprocessing',
      probabilityThreshold: 0.5,
      overlapThreshold: 0.4,
      rays: 32,
      grid: [2, 2],
      border: 2,
    } as const
    expect(applyProcessing(tensor, axes, [step])).toBe(tensor)
  })

  test('brings an output to the range of an input whose axes come in another order', () => {
    const raw = { data: Float32Array.of(0, 100, 10, 500, 5, 300), dims: [1, 3, 1, 2] }
    const { data } = applyProcessing(
      tensor,
      axes,
      [
        {
          id: 'scale_range',
          axes: ['y', 'x'],
          minPercentile: 0,
          maxPercentile: 100,
          eps: 1e-6,
          reference: 'raw',
        },
      ],
      { raw },
      { raw: axesOf('batch', 'y', 'x', 'channel') },
    )
    const expected = [0.1, 0.2, 0.3, 0.4, -90 / 400, -80 / 400, -70 / 400, -60 / 400]
    for (const [i, value] of expected.entries()) expect(data[i]).toBeCloseTo(value, 6)
  })

  test.each([
    { name: 'an axis that there is not', step: { id: 'softmax', axis: 'index' } },
    {
      name: 'a statistic over an axis that there is not',
      step: { id: 'zero_mean_unit_variance', axes: ['z', 'y'], eps: 1e-6 },
    },
    {
      name: 'more numbers than channels',
      step: { id: 'scale_linear', gain: [1, 2, 3], offset: 0, axis: 'channel' },
    },
    { name: 'a type that there is not', step: { id: 'ensure_dtype', dtype: 'complex64' } },
    {
      name: 'a reference that there is not',
      step: { id: 'scale_mean_variance', axes: null, reference: 'raw', eps: 1e-6 },
    },
  ] as const)('refuses $name', ({ step }) => {
    expect(() => applyProcessing(tensor, axes, [step])).toThrow(RangeError)
  })

  test('refuses a reference with more channels than the tensor', () => {
    const raw = { data: new Float32Array(3), dims: [1, 3, 1, 1] }
    const step = {
      id: 'scale_mean_variance',
      axes: ['y', 'x'],
      reference: 'raw',
      eps: 1e-6,
    } as const
    expect(() => applyProcessing(tensor, axes, [step], { raw })).toThrow('3 statistics where 2')
  })

  test('refuses a tensor of another rank than its axes', () => {
    expect(() => applyProcessing(tensor, axesOf('y', 'x'), [])).toThrow(RangeError)
  })
})
