import { expect, test } from 'vitest'
import { sumTiles } from '#core/quality/tiles.ts'
import { plane } from '../../support/planes.ts'

test('tiles share out the rows and columns that do not divide', () => {
  const tiles = sumTiles(plane('1 2 3 4 5\n10 20 30 40 50\n0 0 0 0 7'), 2)
  // ⌊x·3/5⌋ is 0 0 1 1 2 and ⌊y·2/3⌋ is 0 0 1.
  expect([tiles.rows, tiles.columns]).toEqual([2, 3])
  expect([...tiles.pixels]).toEqual([4, 4, 2, 2, 2, 1])
  expect([...tiles.sum]).toEqual([33, 77, 55, 0, 0, 7])
  expect(tiles.sumOfSquares[0]).toBe(1 + 4 + 100 + 400)
})
