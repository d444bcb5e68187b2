import { expect, test } from 'vitest'
import { measureExtents } from '#core/measure/extent.ts'
import { findRuns } from '#core/measure/object-runs.ts'
import { labels } from '../../support/labels.ts'

test('boxes each object in, right and bottom past its last pixel', () => {
  const { area, left, top, right, bottom } = measureExtents(
    findRuns(
      labels(`
        ..1..
        .111.
        ....2
      `),
    ),
  )
  expect([...area]).toEqual([4, 1])
  expect([...left]).toEqual([1, 4])
  expect([...top]).toEqual([0, 2])
  expect([...right]).toEqual([4, 5])
  expect([...bottom]).toEqual([2, 3])
})
