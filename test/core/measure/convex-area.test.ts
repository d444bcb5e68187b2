import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureConvexAreas } from '#core/measure/convex-area.ts'
import { findRuns } from '#core/measure/object-runs.ts'
import { labels } from '../../support/labels.ts'

function convexAreas(drawing: string): readonly number[] {
  return [...measureConvexAreas(findRuns(labels(drawing)))]
}

describe('measureConvexAreas', () => {
  test('fills the bay of an object', () => {
    expect(
      convexAreas(`
        1...1
        1...1
        11111
      `),
    ).toEqual([15])
  })

  test('fills a hole', () => {
    expect(
      convexAreas(`
        111
        1.1
        111
      `),
    ).toEqual([9])
  })

  test('adds nothing to a pixel, a line or a diagonal', () => {
    expect(
      convexAreas(`
        1.222
        3....
        .3...
        ..3.4
      `),
    ).toEqual([1, 3, 3, 1])
  })

  test('counts a pixel whose centre lies on the hull', () => {
    // The line from the right side of the first pixel to that of the last goes through the one in between.
    expect(
      convexAreas(`
        1.
        1.
        .1
      `),
    ).toEqual([4])
  })

  test('spans the gap between the parts of an object, where its rows are empty', () => {
    expect(
      convexAreas(`
        1..
        ...
        ..1
      `),
    ).toEqual([3])
  })

  test('lies between the area of the object and that of its bounding box', () => {
    const drawing = fc
      .array(fc.array(fc.constantFrom('.', '1'), { minLength: 6, maxLength: 6 }), {
        minLength: 1,
        maxLength: 6,
      })
      .map(rows => rows.map(row => row.join('')).join('\n'))
      .filter(text => text.includes('1'))
    fc.assert(
      fc.property(drawing, text => {
        const rows = text.split('\n')
        const ys = rows.flatMap((row, y) => (row.includes('1') ? [y] : []))
        const xs = rows.flatMap(row => [...row].flatMap((digit, x) => (digit === '1' ? [x] : [])))
        const box =
          (Math.max(...xs) - Math.min(...xs) + 1) * (Math.max(...ys) - Math.min(...ys) + 1)
        const [area] = convexAreas(text)
        expect(area).toBeGreaterThanOrEqual(xs.length)
        expect(area).toBeLessThanOrEqual(box)
      }),
    )
  })
})
