import { describe, expect, test } from 'vitest'
import {
  atlasContrast,
  atlasSize,
  atlasWells,
  hasPicture,
} from '../../../../src/renderer/features/plate/atlas.ts'

/** Two wells by one, two pixels each; the second well has no picture. */
const atlas = { width: 4, height: 2, data: Uint16Array.of(100, 200, 0, 0, 300, 400, 0, 0) }

describe('thumbnails of all wells in one image', () => {
  test('a well of zeros has no picture', () => {
    const wells = atlasWells(atlas, 2)
    expect([...wells.present]).toEqual([1, 0])
    expect(hasPicture(wells, 12, 0)).toBe(true)
    expect(hasPicture(wells, 12, 1)).toBe(false)
  })

  test('wells of a plate that is larger than the atlas have none either', () => {
    const wells = atlasWells(atlas, 2)
    expect(hasPicture(wells, 12, 2)).toBe(false)
    expect(hasPicture(wells, 12, 12)).toBe(false)
  })

  test('contrast is over the plate and does not count wells without pictures', () => {
    expect(atlasContrast(atlas, 0, 100)).toEqual({ low: 100, high: 400 })
    expect(atlasContrast({ ...atlas, data: new Uint16Array(8) }, 0, 100)).toBeNull()
  })

  test('an even plate has a contrast that does not divide by nothing', () => {
    const even = { ...atlas, data: new Uint16Array(8).fill(7) }
    expect(atlasContrast(even, 1, 99)).toEqual({ low: 7, high: 8 })
  })

  test('few sizes are asked for, as large as the screen shows', () => {
    expect(atlasSize(17, 1)).toBe(24)
    expect(atlasSize(17, 2)).toBe(48)
    expect(atlasSize(128, 2)).toBe(96)
  })
})
