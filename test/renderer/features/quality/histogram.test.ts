import { describe, expect, test } from 'vitest'
import { binValues, shownRange } from '../../../../src/renderer/features/quality/histogram.ts'

describe('binValues', () => {
  test('counts into bins of equal width, what lies outside at the ends', () => {
    const values = Float64Array.of(0, 0.24, 0.26, 0.99, 1, 7, -3, NaN)
    expect([...binValues(values, [0, 1], 4).counts]).toEqual([3, 1, 0, 3])
  })

  test('a range without width is one bin', () => {
    expect([...binValues(Float64Array.of(5, 5), [5, 5], 3).counts]).toEqual([2, 0, 0])
  })
})

describe('shownRange', () => {
  const values = Float64Array.of(10, 20)

  test('shows all values with a little air', () => {
    expect(shownRange(values, [])).toEqual([9.6, 20.4])
  })

  test('takes a limit nearby in and leaves a far one out', () => {
    expect(shownRange(values, [5, 1000])[0]).toBeLessThan(5)
    expect(shownRange(values, [5, 1000])[1]).toBeLessThan(21)
  })

  test('gives one value room on both sides', () => {
    expect(shownRange(Float64Array.of(4, 4), [])).toEqual([3.6, 4.4])
    expect(shownRange(Float64Array.of(0), [])).toEqual([-0.5, 0.5])
  })

  test('without values shows the limits, without those 0 to 1', () => {
    expect(shownRange(new Float64Array(0), [1, 2])).toEqual([0.96, 2.04])
    expect(shownRange(new Float64Array(0), [])).toEqual([0, 1])
  })
})
