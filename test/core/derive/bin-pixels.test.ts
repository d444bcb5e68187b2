import { expect, test } from 'vitest'
import { binPixels } from '#core/derive/bin-pixels.ts'

test('takes means of blocks, and of what is left of a block at the border', () => {
  const image = { width: 3, height: 3, pixels: Float32Array.of(1, 3, 10, 5, 7, 20, 2, 4, 9) }
  expect(binPixels(image, 2)).toEqual({ width: 2, height: 2, pixels: Float32Array.of(4, 15, 3, 9) })
})
