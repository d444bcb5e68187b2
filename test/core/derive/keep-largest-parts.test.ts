import { expect, test } from 'vitest'
import { keepLargestParts } from '#core/derive/keep-largest-parts.ts'
import { labels } from '../../support/labels.ts'

test('keeps of each object the largest part, the first of equals', () => {
  const torn = labels(`
    11.1.2
    1.11.2
    ..11..
    22....
  `)
  expect(keepLargestParts(torn)).toEqual(
    labels(`
      ...1.2
      ..11.2
      ..11..
      ......
    `),
  )
})
