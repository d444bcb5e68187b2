import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { histogramOf, medianDistance, medianOf, valueAtRank } from '#core/image/histogram.ts'
import { plane } from '../../support/planes.ts'

const drawing = plane(`
  9 1 1
  4 9 9
`)

describe('a histogram', () => {
  test('counts every value that occurs, in ascending order', () => {
    const { values, counts, total } = histogramOf(drawing.pixels)
    expect([...values]).toEqual([1, 4, 9])
    expect([...counts]).toEqual([2, 1, 3])
    expect(total).toBe(6)
  })

  test('sorts real numbers of either sign and leaves out what is not finite', () => {
    const pixels = Float32Array.of(2.5, -1, NaN, -7.25, Infinity, 2.5, 0, -0, -Infinity)
    const { values, counts, total } = histogramOf(pixels)
    expect([...values]).toEqual([-7.25, -1, -0, 2.5])
    expect([...counts]).toEqual([1, 1, 2, 2])
    expect(total).toBe(6)
  })

  test('of no finite pixel is empty', () => {
    expect(histogramOf(Float32Array.of(NaN)).total).toBe(0)
  })
})

describe('order statistics', () => {
  test('the median of an even number of pixels is the mean of the middle two', () => {
    expect(medianOf(histogramOf(drawing.pixels))).toBe(6.5)
  })

  test('distances from a centre have their median on whichever side it lies', () => {
    // 0, 3, 3, 5, 5, 5
    expect(medianDistance(histogramOf(drawing.pixels), 4)).toBe(4)
  })

  test('agree with sorting for any real image', () => {
    const pixels = fc.float32Array({ minLength: 1, noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(pixels, image => {
        const sorted = Float64Array.from(image).sort()
        const middle = (values: Float64Array): number =>
          (values[(values.length - 1) >> 1]! + values[values.length >> 1]!) / 2
        const histogram = histogramOf(image)
        const median = medianOf(histogram)
        expect(median).toBeCloseTo(middle(sorted), 12)
        const distances = sorted.map(value => Math.abs(value - median)).sort()
        expect(medianDistance(histogram, median)).toBe(middle(distances))
        expect(valueAtRank(histogram, 0)).toBe(sorted[0])
        expect(valueAtRank(histogram, image.length - 1)).toBe(sorted.at(-1))
      }),
    )
  })
})
