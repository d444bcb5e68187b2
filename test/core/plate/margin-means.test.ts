import { expect, test } from 'vitest'
import { marginMeans } from '../../../src/core/plate/margin-means.ts'

test('a dim edge shows in the first row and the first column', () => {
  const { rows, columns } = marginMeans(Float64Array.of(1, 1, 1, 1, 9, 9), 3)
  expect([...rows]).toEqual([1, 19 / 3])
  expect([...columns]).toEqual([1, 5, 5])
})

test('wells without a value are left out, rows without any have none', () => {
  const { rows, columns } = marginMeans(Float64Array.of(2, NaN, NaN, NaN), 2)
  expect([...rows]).toEqual([2, NaN])
  expect([...columns]).toEqual([2, NaN])
})
