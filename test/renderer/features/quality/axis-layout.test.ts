import { expect, test } from 'vitest'
import {
  axesOf,
  heightsOf,
  rangeBetween,
} from '../../../../src/renderer/features/quality/axis-layout.ts'
import { appendJudged, NO_PLANES } from '../../../../src/renderer/features/quality/judged-table.ts'
import { judgedPage } from '../../../support/judged-page.ts'

const table = appendJudged(
  NO_PLANES,
  judgedPage([
    { metrics: { edge_sharpness: 0.1, FocusScore: 7 } },
    { metrics: { edge_sharpness: 0.3, FocusScore: 7 } },
    { metrics: { edge_sharpness: 0.2, FocusScore: null } },
  ]),
)
const [sharpness, focus, other] = axesOf(table, ['edge_sharpness', 'FocusScore', 'MADIntensity'])

test('an axis runs from the least to the greatest value', () => {
  expect(sharpness).toMatchObject({ min: 0.1, max: 0.3 })
  expect([...sharpness!.heights]).toEqual([0, 1, expect.closeTo(0.5, 6)])
})

test('one value stands in the middle; what was not measured has no height', () => {
  expect([...focus!.heights]).toEqual([0.5, 0.5, NaN])
  expect([...other!.heights]).toEqual([NaN, NaN, NaN])
})

test.each([
  { from: 0.25, to: 0.75, range: { min: 0.15, max: 0.25 } },
  { from: 0.75, to: 0.25, range: { min: 0.15, max: 0.25 } },
  { from: -0.2, to: 0.5, range: { min: null, max: 0.2 } },
  { from: 0.5, to: 1.3, range: { min: 0.2, max: null } },
])('a drag from $from to $to picks $range out', ({ from, to, range }) => {
  expect(rangeBetween(sharpness!, from, to)).toEqual(range)
})

test('a brush lies where its range does, an open end at the end of the axis', () => {
  const at = (height: number) => expect.closeTo(height, 9) as number
  expect(heightsOf(sharpness!, { min: 0.15, max: 0.25 })).toEqual({ low: at(0.25), high: at(0.75) })
  expect(heightsOf(sharpness!, { min: null, max: 99 })).toEqual({ low: 0, high: 1 })
})
