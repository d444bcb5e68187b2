import { expect, test } from 'vitest'
import { isDue, isGrowingIndex } from '#workstation/intake/growing-indexes.ts'

test.each([
  ['unchanged for a poll', { waitsSince: 0, handedOnAt: null }, true, 100, true],
  ['changed at each poll', { waitsSince: 0, handedOnAt: null }, false, 1999, false],
  ['changed at each poll for long', { waitsSince: 0, handedOnAt: null }, false, 2000, true],
  ['handed on a while ago', { waitsSince: 5000, handedOnAt: 1000 }, true, 10_999, false],
  ['handed on long ago', { waitsSince: 5000, handedOnAt: 1000 }, false, 11_000, true],
])('an index that is %s', (_, index, unchanged, now, due) => {
  expect(isDue(index, unchanged, now)).toBe(due)
})

test('an image is no growing index', () => {
  expect(isGrowingIndex('run/P_A01_w1.tif')).toBe(false)
})
