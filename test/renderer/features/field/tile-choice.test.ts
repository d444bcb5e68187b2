import { describe, expect, test } from 'vitest'
import {
  levelFor,
  tileAt,
  tileBytes,
  visibleTiles,
  withAncestors,
} from '../../../../src/renderer/features/field/tile-choice.ts'

const image = { width: 2160, height: 2160 }

describe('the level', () => {
  test.each([
    { zoom: 4, pixelRatio: 1, level: 0, name: 'is the finest above one screen pixel' },
    { zoom: 1, pixelRatio: 1, level: 0, name: 'is the finest at one screen pixel' },
    { zoom: 0.5, pixelRatio: 1, level: 1, name: 'is one coarser at half' },
    { zoom: 0.3, pixelRatio: 1, level: 1, name: 'has pixels no larger than the screen’s' },
    { zoom: 0.5, pixelRatio: 2, level: 0, name: 'counts the pixels of a dense screen' },
    { zoom: 0.01, pixelRatio: 1, level: 2, name: 'is the coarsest there is at most' },
  ])('$name', ({ zoom, pixelRatio, level }) => {
    expect(levelFor(zoom, pixelRatio, 3)).toBe(level)
  })
})

describe('tiles in sight', () => {
  test('are all of a level when the whole image is seen', () => {
    const camera = { x: 1080, y: 1080, zoom: 0.4 }
    const tiles = visibleTiles(camera, { width: 900, height: 900 }, image, 0)
    expect(tiles).toHaveLength(4)
  })

  test('begin with the one in the middle', () => {
    const camera = { x: 1500, y: 1500, zoom: 1 }
    const tiles = visibleTiles(camera, { width: 1600, height: 1600 }, image, 0)
    expect(tiles[0]).toEqual({ level: 0, column: 1, row: 1 })
    expect(tiles).toHaveLength(4)
  })

  test('are the few that a near view touches', () => {
    const camera = { x: 100, y: 100, zoom: 8 }
    expect(visibleTiles(camera, { width: 800, height: 800 }, image, 0)).toEqual([
      { level: 0, column: 0, row: 0 },
    ])
  })

  test('are none where the pane shows nothing of the image', () => {
    const camera = { x: -5000, y: 0, zoom: 1 }
    expect(visibleTiles(camera, { width: 800, height: 800 }, image, 0)).toEqual([])
  })
})

test('coarser tiles stand for a missing one, finest first', () => {
  expect(withAncestors({ level: 0, column: 2, row: 1 }, 3)).toEqual([
    { level: 0, column: 2, row: 1 },
    { level: 1, column: 1, row: 0 },
    { level: 2, column: 0, row: 0 },
  ])
})

test('a point beside the image is in no tile', () => {
  expect(tileAt(2159.9, 0, image)).toEqual({ level: 0, column: 1, row: 0 })
  expect(tileAt(2160, 0, image)).toBeNull()
  expect(tileAt(-0.1, 0, image)).toBeNull()
})

test('tiles at the border are as large as what is left of the image', () => {
  expect(tileBytes(image, { level: 0, column: 1, row: 0 }, 2)).toBe(880 * 1280 * 2)
  expect(tileBytes(image, { level: 1, column: 0, row: 0 }, 2)).toBe(1080 * 1080 * 2)
})
