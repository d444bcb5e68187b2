import { describe, expect, test } from 'vitest'
import type { TensorDescription } from '#core/infer/model-description.ts'
import { describeModel } from '#workstation/inference/packages/describe-model.ts'
import { Objection } from '#workstation/inference/packages/objection.ts'
import { readYaml } from '#workstation/inference/packages/read-yaml.ts'

interface Parts {
  readonly axes?: string
  readonly shape?: string
  readonly pre?: string
  readonly outAxes?: string
  readonly outShape?: string
  readonly halo?: string
  readonly post?: string
  readonly tests?: string
  readonly weights?: string
}

function description(parts: Parts): string {
  return `
format_version: 0.4.10
type: model
name: Older
inputs:
  - name: raw
    axes: ${parts.axes ?? 'bcyx'}
    data_type: uint8
    shape: ${parts.shape ?? '{ min: [1, 2, 64, 32], step: [0, 0, 16, 8] }'}
    preprocessing: ${parts.pre ?? '[]'}
outputs:
  - name: out
    axes: ${parts.outAxes ?? 'bcyx'}
    data_type: float32
    shape: ${parts.outShape ?? '{ reference_tensor: raw, scale: [1, 1, 1, 1], offset: [0, 0, 0, 0] }'}
    ${parts.halo ? `halo: ${parts.halo}` : ''}
    postprocessing: ${parts.post ?? '[]'}
test_inputs: ${parts.tests ?? '[a.npy]'}
test_outputs: [b.npy]
weights:
  onnx: ${parts.weights ?? '{ source: weights.onnx }'}
`
}

function tensors(parts: Parts): { input: TensorDescription; output: TensorDescription } {
  const { inputs, outputs } = describeModel(readYaml(description(parts))).description
  return { input: inputs[0]!, output: outputs[0]! }
}

function objection(parts: Parts): string {
  try {
    tensors(parts)
  } catch (cause) {
    if (cause instanceof Objection) return cause.message
    throw cause
  }
  throw new Error('it was taken')
}

const sizes = (tensor: TensorDescription) => tensor.axes.map(({ size }) => size)

describe('shapes of 0.4', () => {
  test('smallest size and step, and none for channels', () => {
    const { input } = tensors({})
    expect(input.axes.map(({ id }) => id)).toEqual(['batch', 'channel', 'y', 'x'])
    expect(input.axes[1]!.channelNames).toEqual(['channel0', 'channel1'])
    expect(sizes(input)).toEqual([
      { kind: 'stepped', min: 1, step: 1 },
      { kind: 'fixed', size: 2 },
      { kind: 'stepped', min: 64, step: 16 },
      { kind: 'stepped', min: 32, step: 8 },
    ])
  })

  test('an output of scale s and offset o has s · size + 2 · o pixels, each 1 / s as large', () => {
    const { output } = tensors({
      outShape: '{ reference_tensor: raw, scale: [1, 0, 0.5, 2], offset: [0, 1.5, -4, 8] }',
      halo: '[0, 0, 2, 4]',
    })
    expect(output.axes[1]!.size).toEqual({ kind: 'fixed', size: 3 })
    expect(output.axes[2]).toMatchObject({
      size: { kind: 'reference', tensor: 'raw', axis: 'y', offset: -8 },
      scale: 2,
      halo: 2,
    })
    expect(output.axes[3]).toMatchObject({
      size: { kind: 'reference', tensor: 'raw', axis: 'x', offset: 16 },
      scale: 0.5,
      halo: 4,
    })
  })

  test('channels that follow those of the input', () => {
    const shape = (scale: number, offset: number) =>
      `{ reference_tensor: raw, scale: [1, ${scale}, 1, 1], offset: [0, ${offset}, 0, 0] }`
    const count = (scale: number, offset: number) =>
      tensors({ outShape: shape(scale, offset) }).output.axes[1]!.channelNames.length
    expect([count(1, 0), count(2, 0), count(1, 1.5), count(0.5, 0)]).toEqual([2, 4, 5, 1])
  })

  test('an axis that the reference does not have', () => {
    const { output } = tensors({
      outAxes: 'bczyx',
      outShape: '{ reference_tensor: raw, scale: [1, 1, null, 1, 1], offset: [0, 0, 2, 0, 0] }',
    })
    expect(output.axes[2]).toMatchObject({ id: 'z', size: { kind: 'fixed', size: 4 } })
  })

  test('fixed sizes', () => {
    const { input, output } = tensors({ shape: '[1, 1, 64, 64]', outShape: '[1, 3, 64, 64]' })
    expect(sizes(input)[2]).toEqual({ kind: 'fixed', size: 64 })
    expect(output.axes[1]!.channelNames).toHaveLength(3)
  })

  test.each<readonly [string, Parts, RegExp]>([
    [
      'letters',
      { axes: 'bcyw' },
      /inputs\[0\]\.axes is "bcyw"; allowed: letters of bitczyx, each once/,
    ],
    ['a letter twice', { axes: 'bcyy' }, /each once/],
    [
      'too few sizes',
      { shape: '[1, 1, 64]' },
      /inputs\[0\]\.shape is a list of 3; allowed: 4 values, one for each axis/,
    ],
    [
      'steps of channels',
      { shape: '{ min: [1, 1, 8, 8], step: [0, 1, 8, 8] }' },
      /shape is a map; allowed: a step of 0 for channels/,
    ],
    [
      'an unknown reference',
      { outShape: '{ reference_tensor: rwa, scale: [1, 1, 1, 1], offset: [0, 0, 0, 0] }' },
      /reference_tensor is "rwa"; allowed: one of raw/,
    ],
    [
      'quarters',
      { outShape: '{ reference_tensor: raw, scale: [1, 1, 1, 1], offset: [0, 0, 0.25, 0] }' },
      /offset\[2\] is "0\.25"; allowed: multiples of 0\.5/,
    ],
    [
      'an added axis of nothing',
      { outShape: '{ reference_tensor: raw, scale: [1, 0, 1, 1], offset: [0, 0, 0, 0] }' },
      /allowed: a whole number from 1/,
    ],
    ['a halo for fewer axes', { halo: '[0, 8]' }, /halo is a list of 2; allowed: 4 values/],
    [
      'a halo that leaves nothing',
      { halo: '[0, 0, 32, 0]' },
      /halo is 32 at a smallest size of 64; allowed: less than half/,
    ],
    [
      'a halo that leaves nothing of a fixed size',
      { outShape: '[1, 1, 64, 64]', halo: '[0, 0, 32, 0]' },
      /halo\[2\] is 32; allowed: less than half of 64/,
    ],
    [
      'test tensors for more inputs',
      { tests: '[a.npy, b.npy]' },
      /test_inputs is a list of 2; allowed: a file for each of the 1 inputs/,
    ],
  ])('%s', (_, parts, message) => {
    expect(objection(parts)).toMatch(message)
  })
})

describe('steps of 0.4', () => {
  const float = { id: 'ensure_dtype', dtype: 'float32' }
  test.each<readonly [string, object]>([
    [
      '{ name: binarize, kwargs: { threshold: 0.5 } }',
      { id: 'binarize', threshold: 0.5, axis: null },
    ],
    ['{ name: clip, kwargs: { min: 0, max: 1 } }', { id: 'clip', min: 0, max: 1 }],
    ['{ name: sigmoid }', { id: 'sigmoid' }],
    [
      '{ name: scale_linear, kwargs: { gain: 2, offset: 3, axes: yx } }',
      { id: 'scale_linear', gain: 2, offset: 3, axis: null },
    ],
    [
      '{ name: scale_linear, kwargs: { gain: [1, 2], offset: 3, axes: yx } }',
      { id: 'scale_linear', gain: [1, 2], offset: [3, 3], axis: 'channel' },
    ],
    [
      '{ name: zero_mean_unit_variance, kwargs: { mode: per_sample, axes: yx } }',
      { id: 'zero_mean_unit_variance', axes: ['y', 'x'], eps: 1e-6 },
    ],
    [
      '{ name: zero_mean_unit_variance, kwargs: { mode: per_dataset, axes: cyx, eps: 1.0e-4 } }',
      { id: 'zero_mean_unit_variance', axes: ['batch', 'channel', 'y', 'x'], eps: 1e-4 },
    ],
    [
      '{ name: zero_mean_unit_variance, kwargs: { mode: fixed, axes: yx, mean: [1, 2], std: [3, 4] } }',
      { id: 'fixed_zero_mean_unit_variance', mean: [1, 2], std: [3, 4], axis: 'channel' },
    ],
    [
      '{ name: zero_mean_unit_variance, kwargs: { axes: cyx, mean: 1, std: 3 } }',
      { id: 'fixed_zero_mean_unit_variance', mean: 1, std: 3, axis: null },
    ],
    [
      '{ name: scale_range, kwargs: { mode: per_sample, axes: yx, min_percentile: 1, max_percentile: 99 } }',
      {
        id: 'scale_range',
        axes: ['y', 'x'],
        minPercentile: 1,
        maxPercentile: 99,
        eps: 1e-6,
        reference: null,
      },
    ],
  ])('%s', (step, expected) => {
    const { processing } = tensors({ pre: `[${step}]` }).input
    expect(processing).toEqual([{ id: 'ensure_dtype', dtype: 'uint8' }, expected, float])
  })

  test('an output that takes mean and variance from its input', () => {
    const post =
      '[{ name: scale_mean_variance, kwargs: { mode: per_sample, reference_tensor: raw } }]'
    expect(tensors({ post }).output.processing).toEqual([
      { id: 'scale_mean_variance', axes: ['channel', 'y', 'x'], reference: 'raw', eps: 1e-6 },
      float,
    ])
  })

  test.each<readonly [string, string, RegExp]>([
    [
      'an unknown one',
      '{ name: softmax }',
      /preprocessing\[0\]\.name is "softmax"; allowed: one of binarize/,
    ],
    [
      'an unknown mode',
      '{ name: scale_range, kwargs: { mode: fixed, axes: yx } }',
      /mode is "fixed"; allowed: one of per_dataset, per_sample/,
    ],
    [
      'the batch among its axes',
      '{ name: scale_range, kwargs: { mode: per_sample, axes: byx } }',
      /axes is "byx"; allowed: letters of bcyx without b/,
    ],
    [
      'fixed without values',
      '{ name: zero_mean_unit_variance, kwargs: { axes: yx } }',
      /mean is missing; allowed: a number/,
    ],
    [
      'values that are not fixed',
      '{ name: zero_mean_unit_variance, kwargs: { mode: per_sample, axes: yx, mean: 1, std: 1 } }',
      /allowed: only with mode fixed/,
    ],
    [
      'lists along two axes',
      '{ name: scale_linear, kwargs: { gain: [1, 2], axes: y } }',
      /axes is "y"; allowed: all axes but one/,
    ],
  ])('%s', (_, step, message) => {
    expect(objection({ pre: `[${step}]` })).toMatch(message)
  })
})

test('weights of 0.4 without an operator set have 15, as the specification assumes', () => {
  expect(describeModel(readYaml(description({}))).opset).toBe(15)
})
