import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scaleBar } from '../../../../src/renderer/features/field/scale-bar.ts'

test.each([
  { zoom: 1, pixelSize: 0.65, width: 76.92, text: '50 µm' },
  { zoom: 16, pixelSize: 0.65, width: 123.08, text: '5 µm' },
  { zoom: 0.05, pixelSize: 0.65, width: 76.92, text: '1 mm' },
  { zoom: 64, pixelSize: 0.005, width: 128, text: '10 nm' },
  { zoom: 1, pixelSize: null, width: 100, text: '100 px' },
])('is $text at a zoom of $zoom', ({ zoom, pixelSize, width, text }) => {
  const bar = scaleBar(zoom, pixelSize, 140)
  expect(bar.text).toBe(text)
  expect(bar.width).toBeCloseTo(width, 2)
})

test('is never longer than its room, and never less than two fifths of it', () => {
  const positive = (max: number) => fc.double({ min: 0.001, max, noNaN: true })
  fc.assert(
    fc.property(positive(64), positive(20), (zoom, pixelSize) => {
      const { width } = scaleBar(zoom, pixelSize, 140)
      expect(width).toBeLessThanOrEqual(140.001)
      expect(width).toBeGreaterThan(0.39 * 140)
    }),
  )
})
