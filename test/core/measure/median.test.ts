import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { takeMedian } from '#core/measure/median.ts'

describe('takeMedian', () => {
  test.each([
    { name: 'takes the middle of an odd number of values', values: [5, 1, 9], median: 5 },
    { name: 'takes the mean of the middle two of an even number', values: [4, 1, 9, 2], median: 3 },
    { name: 'takes a single value as it is', values: [7], median: 7 },
    { name: 'has none for no values', values: [], median: NaN },
    { name: 'is not confused by equal values', values: [2, 2, 2, 1, 2], median: 2 },
    { name: 'takes infinities as values', values: [-Infinity, 3, Infinity], median: 3 },
  ])('$name', ({ values, median }) => {
    expect(takeMedian(Float64Array.from(values))).toBe(median)
  })

  test('looks at the first values only when told how many count', () => {
    expect(takeMedian(Float64Array.of(3, 1, 2, 100, 200), 3)).toBe(2)
  })

  test('agrees with sorting', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })),
          fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 60 }),
        ),
        values => {
          fc.pre(values.length > 0)
          const sorted = [...values].sort((a, b) => a - b)
          const half = sorted.length >> 1
          const expected =
            sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
          expect(takeMedian(Float64Array.from(values)) - expected).toBe(0)
        },
      ),
    )
  })

  test.each([
    { name: 'rising', at: (i: number) => i },
    { name: 'falling', at: (i: number) => -i },
    { name: 'rising and falling', at: (i: number) => -Math.abs(i - 50_000) },
    { name: 'constant', at: () => 1 },
  ])('does not slow down on $name values', ({ at }) => {
    const values = Float64Array.from({ length: 100_001 }, (_, i) => at(i))
    const sorted = values.toSorted()
    expect(takeMedian(values)).toBe(sorted[50_000])
  })
})
