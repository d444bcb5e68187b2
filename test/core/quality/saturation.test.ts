import { describe, expect, test } from 'vitest'
import { histogramOf } from '#core/image/histogram.ts'
import { measureExtremes, measureSaturation } from '#core/quality/saturation.ts'
import { plane } from '../../support/planes.ts'

const histogram = histogramOf(
  plane(`
    255 255   0
    254   0   0
  `).pixels,
)

describe('saturation', () => {
  test.each([
    { name: 'counts pixels at the camera’s limit', ceiling: 255, share: 2 / 6 },
    { name: 'finds none where the camera could have gone on', ceiling: 4095, share: 0 },
    { name: 'says nothing where the limit is not known', ceiling: null, share: null },
  ])('$name', ({ ceiling, share }) => expect(measureSaturation(histogram, ceiling)).toBe(share))

  test('counts pixels of colour of which one colour is at its end', () => {
    expect(measureSaturation(histogram, 255, Uint8Array.of(0, 0, 0, 1, 0, 0))).toBe(1 / 6)
  })

  test('CellProfiler counts pixels at the image’s own extremes, in percent', () => {
    expect(measureExtremes(histogram)).toEqual({
      percentMaximal: (100 * 2) / 6,
      percentMinimal: (100 * 3) / 6,
    })
  })
})
