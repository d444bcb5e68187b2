import { expect, test } from 'vitest'
import { unfilterRows } from '#workstation/reading/png-filter.ts'

/** Two rows of three bytes, the second under the filter. */
function secondRow(filter: number, perPixel: number): number[] | null {
  const bytes = Uint8Array.of(0, 10, 20, 30, filter, 1, 2, 250)
  return unfilterRows(bytes, 2, 3, perPixel) ? [...bytes.subarray(3, 6)] : null
}

test.each([
  { name: 'nothing', filter: 0, row: [1, 2, 250] },
  { name: 'the left', filter: 1, row: [1, 3, 253] },
  { name: 'the one above', filter: 2, row: [11, 22, 24] },
  { name: 'the mean of both', filter: 3, row: [6, 15, 16] },
  { name: 'the nearest to their sum', filter: 4, row: [11, 22, 24] },
])('a row is stored as its difference from $name', ({ filter, row }) => {
  expect(secondRow(filter, 1)).toEqual(row)
})

test('the left is a whole pixel to the left', () => {
  expect(secondRow(1, 3)).toEqual([1, 2, 250])
})

test('rows are closed up', () => {
  const bytes = Uint8Array.of(0, 10, 20, 30, 0, 1, 2, 3)
  unfilterRows(bytes, 2, 3, 1)
  expect([...bytes.subarray(0, 6)]).toEqual([10, 20, 30, 1, 2, 3])
})

test('there is no sixth filter', () => {
  expect(secondRow(5, 1)).toBeNull()
})
