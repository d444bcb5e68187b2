import { expect, test } from 'vitest'
import { thinLabels } from '#core/image/thin-labels.ts'

test('a coarse label image has every second number, and no number of its own', () => {
  const pixels = Uint32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  const size = { width: 5, height: 3 }
  expect(thinLabels(pixels, size, 2)).toEqual({
    width: 3,
    height: 2,
    pixels: Uint32Array.of(1, 3, 5, 11, 13, 15),
  })
  expect(thinLabels(pixels, size, 1)).toEqual({ ...size, pixels })
})
