import { describe, expect, test } from 'vitest'
import { gaussianBlur } from '#core/image/blur.ts'

function image(width: number, height: number, at: (x: number, y: number) => number) {
  const pixels = Float32Array.from({ length: width * height }, (_, i) =>
    at(i % width, Math.floor(i / width)),
  )
  return { width, height, pixels }
}

describe('gaussianBlur', () => {
  test('leaves a flat image flat up to its edges', () => {
    const { pixels } = gaussianBlur(
      image(7, 4, () => 5),
      3,
    )
    for (const value of pixels) expect(value).toBeCloseTo(5, 5)
  })

  test('spreads a point alike in x and y, and keeps its light', () => {
    const size = 41
    const { pixels } = gaussianBlur(
      image(size, size, (x, y) => (x === 20 && y === 20 ? 1 : 0)),
      2,
    )
    expect(pixels.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5)
    expect(pixels[20 * size + 20]).toBeCloseTo(1 / (2 * Math.PI * 4), 4)
    expect(pixels[20 * size + 23]).toBeCloseTo(pixels[23 * size + 20]!, 8)
    expect(pixels[20 * size + 17]).toBeCloseTo(pixels[17 * size + 20]!, 8)
  })

  test('gives a copy at σ = 0', () => {
    const sharp = image(3, 2, (x, y) => x + y)
    const copy = gaussianBlur(sharp, 0)
    expect(copy).toEqual(sharp)
    expect(copy.pixels).not.toBe(sharp.pixels)
  })
})
