import { describe, expect, test } from 'vitest'
import { histogramOf } from '#core/image/histogram.ts'
import { measureOtsuThreshold } from '#core/quality/otsu-threshold.ts'

describe('Otsu’s threshold by CellProfiler', () => {
  test('lies between two classes', () => {
    const counts = Uint8Array.from({ length: 1000 }, (_, i) =>
      i < 700 ? 20 + (i % 5) : 180 + (i % 9),
    )
    const threshold = 255 * measureOtsuThreshold(histogramOf(counts), 255)
    expect(threshold).toBeGreaterThan(24)
    expect(threshold).toBeLessThan(180)
  })

  test('of an even plane is its value and the least that single precision adds', () => {
    const threshold = measureOtsuThreshold(histogramOf(new Uint8Array(9).fill(51)), 255)
    expect(threshold).toBeCloseTo(0.2, 6)
  })

  test('leaves out negative pixels, and is 1 where there are no others', () => {
    expect(measureOtsuThreshold(histogramOf(Float32Array.of(-3, 0.25, 0.25)), 1)).toBeCloseTo(
      0.25,
      6,
    )
    expect(measureOtsuThreshold(histogramOf(Float32Array.of(-3, -1)), 1)).toBe(1)
  })
})
