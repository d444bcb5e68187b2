import { expect, test } from 'vitest'
import { robustZ } from '../../../src/core/plate/robust-z.ts'

test('one outlier does not hide itself by widening the scale', () => {
  // scipy.stats.median_abs_deviation([1, 2, 3, 4, 100], scale='normal') is 1.4826.
  const z = robustZ(Float64Array.of(1, 2, 3, 4, 100))
  expect(z[2]).toBe(0)
  expect(z[4]).toBeCloseTo(97 / 1.4826, 10)
})

test('wells without a value have no score and count for nothing', () => {
  const z = robustZ(Float64Array.of(1, NaN, 2, 3))
  expect(z[1]).toBeNaN()
  expect(z[3]).toBeCloseTo(1 / 1.4826, 10)
})

test('without a spread there is no score', () => {
  expect([...robustZ(Float64Array.of(5, 5, 5, 9))].every(Number.isNaN)).toBe(true)
  expect(robustZ(Float64Array.of())).toHaveLength(0)
})
