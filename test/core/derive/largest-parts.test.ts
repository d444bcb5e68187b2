import { expect, test } from 'vitest'
import { findLargestParts } from '#core/derive/largest-parts.ts'
import { renumber } from '#core/derive/renumber.ts'
import { labels } from '../../support/labels.ts'

test('knows of each object the largest part, the first of equals', () => {
  const torn = labels(`
    11.1.2
    1.11.2
    ..11..
    22....
  `)
  const parts = findLargestParts(torn)
  expect([...parts.areas.subarray(1)]).toEqual([3, 5, 2, 2])
  expect([...parts.largestOf]).toEqual([0, 0, 1, 2, 0])
  expect(renumber(parts.labels, part => parts.largestOf[part] !== 0)).toEqual(
    labels(`
      ...1.2
      ..11.2
      ..11..
      ......
    `),
  )
})
