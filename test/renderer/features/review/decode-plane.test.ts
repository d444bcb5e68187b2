import { expect, test } from 'vitest'
import { tileGrid } from '../../../../src/renderer/features/review/decode-plane.ts'

test.each([
  { width: 2160, height: 2160, levels: 2, level: 1, tiles: 1 },
  { width: 1400, height: 1080, levels: 2, level: 0, tiles: 2 },
  { width: 512, height: 512, levels: 1, level: 0, tiles: 1 },
  { width: 6000, height: 2000, levels: 4, level: 2, tiles: 2 },
  { width: 9000, height: 9000, levels: 2, level: 1, tiles: 16 },
])(
  'a plane of $width × $height is decoded at level $level',
  ({ width, height, levels, level, tiles }) => {
    const grid = tileGrid({ width, height, levels })
    expect(grid.level).toBe(level)
    expect(grid.tiles).toHaveLength(tiles)
  },
)

test('a side that does not halve evenly is rounded up, as levels are', () => {
  expect(tileGrid({ width: 2161, height: 2159, levels: 2 })).toMatchObject({
    level: 1,
    width: 1081,
    height: 1080,
  })
})
