import { describe, expect, test } from 'vitest'
import { fitSize } from '#core/infer/fit-size.ts'
import type { AxisSize } from '#core/infer/model-description.ts'

const stepped: AxisSize = { kind: 'stepped', min: 64, step: 16 }

describe('fitSize', () => {
  test.each([
    { size: stepped, wanted: 10, length: 64, before: 27, after: 27 },
    { size: stepped, wanted: 64, length: 64, before: 0, after: 0 },
    { size: stepped, wanted: 65, length: 80, before: 7, after: 8 },
    { size: stepped, wanted: 2160, length: 2160, before: 0, after: 0 },
    { size: { kind: 'stepped', min: 10, step: 8 }, wanted: 19, length: 26, before: 3, after: 4 },
    { size: { kind: 'fixed', size: 256 }, wanted: 200, length: 256, before: 28, after: 28 },
  ] as const)('of $wanted is $length', ({ size, wanted, ...fitted }) => {
    expect(fitSize(size, wanted)).toEqual(fitted)
  })

  test.each([
    { size: { kind: 'fixed', size: 256 }, wanted: 257 },
    { size: { kind: 'stepped', min: 64, step: 0 }, wanted: 65 },
    { size: { kind: 'dependent', min: 1, max: null }, wanted: 5 },
    { size: { kind: 'reference', tensor: 'image', axis: 'y', offset: 0 }, wanted: 5 },
  ] as const)('is none for $wanted on an axis that is $size.kind', ({ size, wanted }) => {
    expect(fitSize(size, wanted)).toBeNull()
  })
})
