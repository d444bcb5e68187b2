import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distanceTransform } from '#core/derive/distance-transform.ts'
import { mask } from '../../support/labels.ts'

describe('distanceTransform', () => {
  test('is the distance to the nearest background pixel of any masks', () => {
    const masks = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
      .chain(([width, height]) =>
        fc
          .array(fc.integer({ min: 0, max: 3 }), {
            minLength: width * height,
            maxLength: width * height,
          })
          .map(values => ({
            width,
            height,
            pixels: Uint8Array.from(values, v => (v > 0 ? 1 : 0)),
          })),
      )
    fc.assert(
      fc.property(masks, drawn => {
        const { pixels, width } = drawn
        const distances = distanceTransform(drawn).pixels
        pixels.forEach((_, i) => {
          let nearest = Infinity
          pixels.forEach((value, j) => {
            if (value === 1) return
            const dx = (i % width) - (j % width)
            const dy = Math.floor(i / width) - Math.floor(j / width)
            nearest = Math.min(nearest, Math.hypot(dx, dy))
          })
          expect(distances[i]).toBe(Math.fround(nearest))
        })
      }),
    )
  })

  test('knows no distance where there is no background', () => {
    expect([...distanceTransform(mask('##')).pixels]).toEqual([Infinity, Infinity])
  })
})
