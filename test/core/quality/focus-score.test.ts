import { describe, expect, test } from 'vitest'
import { histogramOf } from '#core/image/histogram.ts'
import { measureFocusScore, measureLocalFocusScore } from '#core/quality/focus-score.ts'
import { measureIntensity } from '#core/quality/intensity.ts'
import { sumTiles } from '#core/quality/tiles.ts'
import { plane } from '../../support/planes.ts'

const drawing = plane(`
  1 3 5 5
  1 3 5 5
  0 0 2 8
  0 0 2 8
`)

describe('focus scores', () => {
  test('the whole plane’s is its variance over its mean', () => {
    const intensity = measureIntensity(histogramOf(drawing.pixels))
    // Mean 3, mean square 16.
    expect(measureFocusScore(intensity)).toBeCloseTo((16 - 9) / 3, 12)
  })

  test('the local one is the variance of the tiles’ scores over their median, black tiles left out', () => {
    // Tiles 2 × 2: variance 1 over mean 2, 0 over 5, black, 9 over 5; median 0.5.
    const scores = [0.5, 0, 1.8]
    const mean = (0.5 + 1.8) / 3
    const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / 3
    expect(measureLocalFocusScore(sumTiles(drawing, 2))).toBeCloseTo(variance / 0.5, 12)
  })

  test.each([
    ['a black plane', '0 0\n0 0'],
    ['an even plane', '4 4\n4 4'],
  ])('are 0 for %s', (_, rows) => {
    const even = plane(rows)
    expect(measureFocusScore(measureIntensity(histogramOf(even.pixels)))).toBe(0)
    expect(measureLocalFocusScore(sumTiles(even, 1))).toBe(0)
  })
})
