import { expect, test } from 'vitest'
import { joinColumn, measureNames, type ObjectTable } from '#core/measure/object-table.ts'

const first: ObjectTable = {
  count: 2,
  columns: [
    { name: 'area', values: Float64Array.of(10, 20) },
    { name: 'mean', values: Float64Array.of(0.1, 0.2) },
  ],
}
const empty: ObjectTable = { count: 0, columns: [] }
const withoutMean: ObjectTable = {
  count: 1,
  columns: [
    { name: 'solidity', values: Float64Array.of(0.9) },
    { name: 'area', values: Float64Array.of(30) },
  ],
}

test('names the measures in the order in which they first appear', () => {
  expect(measureNames([empty, first, withoutMean])).toEqual(['area', 'mean', 'solidity'])
})

test('joins a measure over tables, NaN for the objects of a table that lacks it', () => {
  const tables = [first, empty, withoutMean]
  expect([...joinColumn(tables, 'area')]).toEqual([10, 20, 30])
  expect([...joinColumn(tables, 'mean')]).toEqual([0.1, 0.2, NaN])
})
