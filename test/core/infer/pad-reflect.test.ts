import { describe, expect, test } from 'vitest'
import {
  cutReflected,
  padReflect,
  padToMultiple,
  reflectedIndices,
} from '#core/infer/pad-reflect.ts'

const row = { data: Float32Array.of(1, 2, 3), dims: [1, 3] }

describe('reflectedIndices', () => {
  test.each([
    { start: -3, count: 9, length: 4, expected: [3, 2, 1, 0, 1, 2, 3, 2, 1] },
    { start: -2, count: 5, length: 1, expected: [0, 0, 0, 0, 0] },
    { start: 11, count: 3, length: 2, expected: [1, 0, 1] },
  ])('of $length pixels from $start', ({ start, count, length, expected }) => {
    expect([...reflectedIndices(start, count, length)]).toEqual(expected)
  })
})

describe('cutReflected', () => {
  test('cuts from the middle, across the border, and from what lies wholly outside', () => {
    const cut = (left: number, width: number): number[] => [
      ...cutReflected(row, { left, top: 0, width, height: 1 }).data,
    ]
    expect(cut(1, 1)).toEqual([2])
    expect(cut(-1, 5)).toEqual([2, 1, 2, 3, 2])
    expect(cut(4, 3)).toEqual([1, 2, 3])
    expect(cut(-6, 4)).toEqual([3, 2, 1, 2])
  })

  test('refuses an image without pixels', () => {
    const none = { data: new Float32Array(0), dims: [1, 0] }
    expect(() => padReflect(none, { top: 0, bottom: 0, left: 1, right: 0 })).toThrow(RangeError)
  })
})

describe('padToMultiple', () => {
  test('adds to the right and below only', () => {
    const image = { data: Float32Array.of(1, 2, 3, 4, 5, 6), dims: [2, 3] }
    expect(padToMultiple(image, 4)).toEqual({
      data: Float32Array.of(1, 2, 3, 2, 4, 5, 6, 5, 1, 2, 3, 2, 4, 5, 6, 5),
      dims: [4, 4],
    })
    expect(padToMultiple(image, 1)).toEqual(image)
  })
})
