import { expect, test } from 'vitest'
import { convexHull, polygonArea } from '#core/derive/convex-hull.ts'

test('keeps the corners only, counter-clockwise', () => {
  const points = [0, 0, 2, 0, 1, 1, 4, 0, 4, 4, 2, 4, 0, 4, 0, 2]
  expect(convexHull(points)).toEqual([0, 0, 4, 0, 4, 4, 0, 4])
})

test('closes the bay of an L', () => {
  const corners = [0, 0, 3, 0, 3, 1, 1, 1, 1, 3, 0, 3]
  expect(polygonArea(corners)).toBe(5)
  expect(polygonArea(convexHull(corners))).toBe(7)
})
