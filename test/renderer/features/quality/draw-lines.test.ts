import { expect, test } from 'vitest'
import { axisY, spread } from '../../../../src/renderer/features/quality/draw-lines.ts'

test.each([0, 1, 2, 7, 96, 1000, 13_824])('of %i lines each is drawn once', count => {
  expect(spread(count).toSorted()).toEqual(Int32Array.from({ length: count }, (_, i) => i))
})

test('the first lines are spread over the whole plate', () => {
  const first = spread(13_824).slice(0, 64).toSorted()
  const gaps = [...first].slice(1).map((at, i) => at - first[i]!)
  expect(Math.max(...gaps)).toBeLessThan((3 * 13_824) / 64)
})

test('what was not measured passes below the axes', () => {
  expect(axisY(NaN, 220)).toBeGreaterThan(axisY(0, 220))
  expect(axisY(1, 220)).toBeLessThan(axisY(0, 220))
})
