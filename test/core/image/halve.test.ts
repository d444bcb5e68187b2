import { describe, expect, test } from 'vitest'
import { gaussianBlur } from '#core/image/blur.ts'
import { halve, HALVING_SIGMA, rowsOf } from '#core/image/halve.ts'
import { uniform } from '../../support/nuclei-field.ts'

function randomImage(width: number, height: number) {
  const random = uniform(width * 1000 + height)
  return { width, height, pixels: Float32Array.from({ length: width * height }, random) }
}

describe('an image at half size', () => {
  test.each([
    [40, 31],
    [7, 64],
    [3, 2],
    [1, 1],
    [1, 25],
  ])('of %d × %d pixels is the smoothed one, every second pixel of every second row', (w, h) => {
    const image = randomImage(w, h)
    const smoothed = gaussianBlur(image, HALVING_SIGMA)
    const half = halve(rowsOf(image))
    expect([half.width, half.height]).toEqual([Math.ceil(w / 2), Math.ceil(h / 2)])
    for (let y = 0; y < half.height; y += 1) {
      for (let x = 0; x < half.width; x += 1) {
        // The kernels are cut at 3.3 σ and at 4 σ; between the two lies a thousandth of the weight.
        const expected = smoothed.pixels[2 * y * w + 2 * x]!
        expect(Math.abs(half.pixels[y * half.width + x]! - expected)).toBeLessThan(2e-3)
      }
    }
  })

  test('keeps an even image as it is', () => {
    const image = { width: 30, height: 20, pixels: new Float32Array(600).fill(7) }
    for (const value of halve(rowsOf(image)).pixels) expect(value).toBeCloseTo(7, 5)
  })
})
