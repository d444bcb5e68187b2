import { describe, expect, test } from 'vitest'
import {
  fitGrid,
  pitchOf,
  wellAt,
  wellIndex,
  wellPosition,
  wellsBetween,
} from '../../../src/core/plate/grid.ts'
import { PLATE_FORMATS } from '../../../src/core/plate/well.ts'

const grid = { rows: 8, columns: 12, wellSize: 10, gap: 2 }

describe('wells under a point', () => {
  test.each([
    { x: 0, y: 0, well: { row: 0, column: 0 }, why: 'the first corner' },
    { x: 9.9, y: 9.9, well: { row: 0, column: 0 }, why: 'the end of the first well' },
    { x: 10, y: 5, well: null, why: 'a gap between columns' },
    { x: 5, y: 11, well: null, why: 'a gap between rows' },
    { x: 12, y: 24, well: { row: 2, column: 1 }, why: 'the next pitch' },
    { x: 11 * 12, y: 7 * 12, well: { row: 7, column: 11 }, why: 'the last well' },
    { x: -1, y: 5, well: null, why: 'left of the plate' },
    { x: 12 * 12, y: 5, well: null, why: 'right of the plate' },
    { x: 5, y: 8 * 12, well: null, why: 'below the plate' },
  ])('$why', ({ x, y, well }) => {
    expect(wellAt(grid, x, y)).toEqual(well)
  })
})

describe('fitting a plate', () => {
  test.each(Object.entries(PLATE_FORMATS))(
    '%s wells fit into 900 × 600',
    (_, { rows, columns }) => {
      const fitted = fitGrid(rows, columns, 900, 600)
      expect(columns * pitchOf(fitted)).toBeLessThanOrEqual(900)
      expect(rows * pitchOf(fitted)).toBeLessThanOrEqual(600)
      expect(Number.isInteger(pitchOf(fitted))).toBe(true)
    },
  )

  test('1536 wells are 17 pixels wide in a window of 1280 × 800, and 7 where four plates share it', () => {
    expect(fitGrid(32, 48, 893, 586).wellSize).toBe(17)
    expect(fitGrid(32, 48, 417, 270).wellSize).toBe(7)
  })

  test('six wells do not become posters', () => {
    expect(fitGrid(2, 3, 4000, 4000).wellSize).toBe(128)
  })
})

describe('wells between two corners', () => {
  test('are the same whichever corner comes first', () => {
    const corners = [
      { row: 1, column: 2 },
      { row: 0, column: 1 },
    ] as const
    expect(wellsBetween(12, ...corners)).toEqual([1, 2, 13, 14])
    expect(wellsBetween(12, corners[1], corners[0])).toEqual([1, 2, 13, 14])
  })

  test('an index and its place say the same', () => {
    for (const index of [0, 11, 12, 95]) {
      expect(wellIndex(12, wellPosition(12, index))).toBe(index)
    }
  })
})
