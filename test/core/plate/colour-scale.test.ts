import { describe, expect, test } from 'vitest'
import {
  colourIndex,
  percentileOf,
  scaleFor,
  scaleHistogram,
} from '../../../src/core/plate/colour-scale.ts'

const whole = { kind: 'data', lowPercent: 0, highPercent: 100 } as const

describe('a colour scale', () => {
  test('is shared by plates side by side', () => {
    const plates = [Float64Array.of(1, 2), Float64Array.of(NaN, 10)]
    expect(scaleFor(plates, whole, false)).toEqual({ low: 1, high: 10 })
  })

  test('has its middle at zero for scores', () => {
    expect(scaleFor([Float64Array.of(-1, 4)], whole, true)).toEqual({ low: -4, high: 4 })
  })

  test('leaves outliers out by percentiles', () => {
    const values = Float64Array.from({ length: 101 }, (_, i) => i)
    values[100] = 1e6
    const limits = { kind: 'data', lowPercent: 1, highPercent: 99 } as const
    expect(scaleFor([values], limits, false)).toEqual({ low: 1, high: 99 })
  })

  test('stays where somebody put it', () => {
    const limits = { kind: 'fixed', low: 0, high: 5 } as const
    expect(scaleFor([Float64Array.of(99)], limits, false)).toEqual({ low: 0, high: 5 })
  })

  test('does not exist without values', () => {
    expect(scaleFor([Float64Array.of(NaN)], whole, false)).toBeNull()
  })
})

describe('the colour of a value', () => {
  const scale = { low: 10, high: 20 }

  test.each([
    { value: 10, index: 0 },
    { value: 20, index: 255 },
    { value: 15, index: 128 },
    { value: -5, index: 0 },
    { value: 99, index: 255 },
    { value: NaN, index: -1 },
  ])('$value → $index', ({ value, index }) => {
    expect(colourIndex(scale, value)).toBe(index)
  })

  test('is the middle one where all values are the same', () => {
    expect(colourIndex({ low: 3, high: 3 }, 3)).toBe(128)
  })
})

describe('the histogram of wells', () => {
  test('counts every well once, also those outside the limits', () => {
    const { bins, below, above } = scaleHistogram(
      [Float64Array.of(0, 1, 2, 3, NaN), Float64Array.of(4, 5)],
      { low: 1, high: 4 },
      3,
    )
    expect([...bins]).toEqual([1, 1, 2])
    expect([below, above]).toEqual([1, 1])
  })
})

test('percentiles are NumPy’s', () => {
  // numpy.percentile([1, 2, 4, 8], 40) is 2.4
  expect(percentileOf(Float64Array.of(1, 2, 4, 8), 40)).toBeCloseTo(2.4, 12)
  expect(percentileOf(Float64Array.of(7), 99)).toBe(7)
})
