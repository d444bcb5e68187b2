import { describe, expect, test } from 'vitest'
import { findRuns } from '#core/measure/object-runs.ts'
import { measurePerimeters } from '#core/measure/perimeter.ts'
import { labels } from '../../support/labels.ts'

function perimeters(drawing: string): readonly number[] {
  const image = labels(drawing)
  return [...measurePerimeters(image, findRuns(image))]
}

describe('measurePerimeters', () => {
  test('runs through the centres of the outline pixels', () => {
    expect(
      perimeters(`
        .....
        .111.
        .111.
        .111.
        .....
      `),
    ).toEqual([8])
  })

  test('is the same for an object that fills the image', () => {
    expect(
      perimeters(`
        111
        111
        111
      `),
    ).toEqual([8])
  })

  test('keeps the outlines of touching objects apart', () => {
    expect(
      perimeters(`
        111222
        111222
        111222
      `),
    ).toEqual([8, 8])
  })

  test('counts the outline of a hole too', () => {
    const [disc] = perimeters(`
      1111111
      1111111
      1111111
      1111111
      1111111
      1111111
      1111111
    `)
    const [ring] = perimeters(`
      1111111
      1111111
      1111111
      111.111
      1111111
      1111111
      1111111
    `)
    expect(disc).toBe(24)
    expect(ring! - disc!).toBeCloseTo(4 * Math.SQRT2, 12)
  })

  test('is 0 for one pixel and for two', () => {
    expect(perimeters('1.22.')).toEqual([0, 0])
  })
})
