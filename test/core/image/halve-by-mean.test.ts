import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { halveByMean } from '#core/image/halve-by-mean.ts'
import { plane } from '../../support/planes.ts'

function halved(drawing: string): number[] {
  return [...halveByMean(plane(drawing)).pixels]
}

describe('the next level of a plane', () => {
  test('is the means of 2 × 2 pixels, rounded half up', () => {
    expect(
      halved(`
        0 0  10 20
        0 2  30 40
      `),
    ).toEqual([1, 25])
  })

  test('has at an odd border the mean of what is there', () => {
    expect(
      halved(`
        1 1 7
        1 1 9
        4 6 3
      `),
    ).toEqual([1, 8, 5, 3])
  })

  test('keeps the type and the full scale', () => {
    const pixels = Uint16Array.of(65535, 65535, 65535, 65535)
    const coarse = halveByMean({ width: 2, height: 2, pixels, fullScale: 65535 })
    expect(coarse).toEqual({ width: 1, height: 1, pixels: Uint16Array.of(65535), fullScale: 65535 })
  })

  test('counts of float pixels those that are finite', () => {
    const pixels = Float32Array.of(1, NaN, NaN, NaN, 3, 5, Infinity, NaN)
    const coarse = halveByMean({ width: 4, height: 2, pixels, fullScale: 1 })
    expect([...coarse.pixels]).toEqual([3, NaN])
  })

  test('never leaves the range of the pixels it is made of', () => {
    const images = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
    fc.assert(
      fc.property(images, fc.infiniteStream(fc.nat(65535)), ([width, height], values) => {
        const pixels = Uint16Array.from([...values.take(width * height)])
        const coarse = halveByMean({ width, height, pixels, fullScale: 65535 })
        expect(coarse.pixels.length).toBe(Math.ceil(width / 2) * Math.ceil(height / 2))
        expect(Math.min(...coarse.pixels)).toBeGreaterThanOrEqual(Math.min(...pixels))
        expect(Math.max(...coarse.pixels)).toBeLessThanOrEqual(Math.max(...pixels))
      }),
    )
  })
})
