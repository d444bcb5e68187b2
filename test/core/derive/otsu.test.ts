import { describe, expect, test } from 'vitest'
import { otsuLevel } from '#core/derive/otsu.ts'

describe('otsuLevel', () => {
  test('splits two heaps at the top of the lower one', () => {
    expect(otsuLevel([5, 9, 4, 0, 0, 0, 3, 8, 2])).toBe(2)
  })

  test('gives the only level of a constant image, above which nothing lies', () => {
    expect(otsuLevel([0, 0, 0, 12])).toBe(3)
  })

  test('gives 0 for no pixels', () => {
    expect(otsuLevel([])).toBe(0)
  })
})
