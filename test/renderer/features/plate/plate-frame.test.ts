import { describe, expect, test } from 'vitest'
import { PLATE_FORMATS } from '../../../../src/core/plate/well.ts'
import {
  cornerOf,
  fitFrame,
  hitAt,
  wellsInBox,
  wellsOfHit,
} from '../../../../src/renderer/features/plate/plate-frame.ts'

const frame = fitFrame(8, 12, 900, 600)
const { grid, left, top } = frame

describe('the frame of a plate', () => {
  test.each(Object.entries(PLATE_FORMATS))('%s wells and their margins fit', (_, format) => {
    const { marginLeft, marginTop, margin } = fitFrame(format.rows, format.columns, 940, 620)
    expect(marginLeft + margin).toBeLessThanOrEqual(940)
    expect(marginTop + margin).toBeLessThanOrEqual(620)
  })

  test('finds each well at its own corner and middle', () => {
    for (let i = 0; i < 96; i += 1) {
      const { x, y } = cornerOf(frame, i)
      expect(hitAt(frame, x, y)).toEqual({ kind: 'well', index: i })
      expect(hitAt(frame, x + grid.wellSize / 2, y + grid.wellSize / 2)).toEqual({
        kind: 'well',
        index: i,
      })
    }
  })

  test('letters, numbers and means stand for rows and columns', () => {
    const { x, y } = cornerOf(frame, 13)
    expect(hitAt(frame, left - 5, y + 2)).toEqual({ kind: 'row', row: 1 })
    expect(hitAt(frame, frame.marginLeft + 2, y + 2)).toEqual({ kind: 'row', row: 1 })
    expect(hitAt(frame, x + 2, top - 5)).toEqual({ kind: 'column', column: 1 })
    expect(hitAt(frame, x + 2, frame.marginTop + 2)).toEqual({ kind: 'column', column: 1 })
    expect(hitAt(frame, 2, 2)).toEqual({ kind: 'all' })
    expect(hitAt(frame, 899, 599)).toBeNull()
  })

  test('a row has a well in every column, a column one in every row', () => {
    expect(wellsOfHit(grid, { kind: 'row', row: 1 })).toEqual([
      12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
    ])
    expect(wellsOfHit(grid, { kind: 'column', column: 2 })).toEqual([2, 14, 26, 38, 50, 62, 74, 86])
    expect(wellsOfHit(grid, { kind: 'all' })).toHaveLength(96)
  })

  test('a box takes every well that it touches', () => {
    const from = cornerOf(frame, 0)
    const to = cornerOf(frame, 13)
    const box = { left: from.x + 4, top: from.y + 4, right: to.x + 1, bottom: to.y + 1 }
    expect(wellsInBox(frame, box)).toEqual([0, 1, 12, 13])
    expect(wellsInBox(frame, { ...box, right: to.x, bottom: to.y })).toEqual([0])
  })
})
