import { expect, test } from 'vitest'
import { sortLines } from '../../../../src/renderer/features/plate/sort-lines.ts'
import type { WellLine } from '../../../../src/renderer/features/plate/well-lines.ts'

const lines = [3, null, 1, 3].map((objects, index) => ({ index, objects }) as WellLine)

function order(descending: boolean): number[] {
  return sortLines(lines, { key: 'objects', descending }).map(({ index }) => index)
}

test('wells without a number come last whichever way, equals in the order of the plate', () => {
  expect(order(false)).toEqual([2, 0, 3, 1])
  expect(order(true)).toEqual([0, 3, 2, 1])
})
