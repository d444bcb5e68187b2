import { describe, expect, test } from 'vitest'
import type {
  Axis,
  AxisSize,
  TensorDescription,
} from '../../../src/core/infer/model-description.ts'
import { lengthOf, otherSizes, repeatTo } from '../../../src/workstation/inference/other-sizes.ts'

function axis(id: string, size: AxisSize, kind: Axis['kind'] = 'space', scale = 1): Axis {
  return { id, kind, size, channelNames: [], scale, unit: null, halo: 0 }
}

function tensor(id: string, ...axes: readonly Axis[]): TensorDescription {
  const testTensor = { source: `${id}.npy`, sha256: null }
  return {
    id,
    description: '',
    axes,
    dtype: 'float32',
    processing: [],
    testTensor,
    optional: false,
  }
}

const stepped = { kind: 'stepped', min: 8, step: 8 } as const
const image = tensor(
  'image',
  axis('batch', { kind: 'stepped', min: 1, step: 1 }, 'batch'),
  axis('y', stepped),
  axis('x', stepped),
)
const tested = { image: { data: new Float32Array(16 * 24), dims: [1, 16, 24] } }

describe('other sizes', () => {
  test('are the least, a step more, and one that is not square', () => {
    expect(otherSizes([image], tested)).toEqual([
      { image: [1, 8, 8] },
      { image: [1, 24, 32] },
      { image: [1, 24, 40] },
    ])
  })

  test('carry along the inputs that follow', () => {
    const follows = { kind: 'reference', tensor: 'image', axis: 'x', offset: 1 } as const
    const mask = tensor('mask', axis('x', follows, 'space', 2))
    const both = { ...tested, mask: { data: new Float32Array(13), dims: [13] } }
    expect(otherSizes([image, mask], both)[0]).toEqual({ image: [1, 8, 8], mask: [5] })
  })

  test('are none where every size is fixed', () => {
    const fixed = tensor('image', axis('x', { kind: 'fixed', size: 3 }))
    expect(otherSizes([fixed], { image: { data: new Float32Array(3), dims: [3] } })).toEqual([])
  })
})

test('a tensor is repeated or cut to a size', () => {
  const square = { data: Float32Array.of(1, 2, 3, 4), dims: [2, 2] }
  expect([...repeatTo(square, [3, 3]).data]).toEqual([1, 2, 1, 3, 4, 3, 1, 2, 1])
  expect([...repeatTo(square, [2, 1]).data]).toEqual([1, 3])
})

test('an output that halves an input is half as long', () => {
  const half = axis('x', { kind: 'reference', tensor: 'image', axis: 'x', offset: 0 }, 'space', 2)
  expect(lengthOf(half, [image], { image: [1, 8, 24] })).toBe(12)
  expect(lengthOf(axis('n', { kind: 'dependent', min: 0, max: null }), [image], {})).toBeNull()
})
