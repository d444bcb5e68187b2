import { describe, expect, test } from 'vitest'
import { enlarge } from '#core/derive/enlarge.ts'

describe('enlarge', () => {
  test('interpolates between the centres of cells and repeats the outermost', () => {
    const grid = { width: 2, height: 1, pixels: Float32Array.of(0, 8) }
    const { pixels } = enlarge(grid, { width: 4, height: 2, cell: 2 })
    expect([...pixels]).toEqual([0, 2, 6, 8, 0, 2, 6, 8])
  })

  test('makes one row of a column of cells', () => {
    const grid = { width: 1, height: 2, pixels: Float32Array.of(4, 0) }
    const { pixels } = enlarge(grid, { width: 1, height: 3, cell: 2 })
    expect([...pixels]).toEqual([4, 3, 1])
  })

  test('is the image itself in cells of one pixel', () => {
    const grid = { width: 2, height: 2, pixels: Float32Array.of(1, 2, 3, 4) }
    expect(enlarge(grid, { width: 2, height: 2, cell: 1 })).toEqual(grid)
  })
})
