import { describe, expect, test } from 'vitest'
import { rescale, rescaleStage, scaledSize } from '#core/prepare/rescale.ts'

function ramp(width: number, height: number) {
  const pixels = Float32Array.from({ length: width * height }, (_, i) => {
    const x = i % width
    return 3 * (x + 0.5) - 2 * (Math.floor(i / width) + 0.5)
  })
  return { width, height, pixels }
}

describe('rescale', () => {
  test('takes the mean of whole blocks', () => {
    const image = { width: 4, height: 2, pixels: Float32Array.of(1, 3, 5, 7, 1, 3, 5, 7) }
    expect(rescale(image, 0.5)).toEqual({ width: 2, height: 1, pixels: Float32Array.of(2, 6) })
  })

  test.each([0.37, 0.5, 0.9])('keeps the mean of an image at %d', factor => {
    const image = ramp(101, 67)
    const mean = (pixels: Float32Array): number =>
      pixels.reduce((sum, v) => sum + v, 0) / pixels.length
    expect(mean(rescale(image, factor).pixels)).toBeCloseTo(mean(image.pixels), 3)
  })

  test.each([
    { width: 40, height: 31 },
    { width: 77, height: 25 },
    { width: 13, height: 90 },
  ])('keeps a slope where it was, at $width × $height', size => {
    const image = ramp(50, 40)
    const { pixels } = rescale(image, size)
    const [perX, perY] = [50 / size.width, 40 / size.height]
    for (let y = 3; y < size.height - 3; y += 1) {
      for (let x = 3; x < size.width - 3; x += 1) {
        const expected = 3 * (x + 0.5) * perX - 2 * (y + 0.5) * perY
        // Pixels are even patches, of which parts are taken: an eighth of a pixel at most.
        expect(Math.abs(pixels[y * size.width + x]! - expected)).toBeLessThan((3 + 2) / 8)
      }
    }
  })

  test('does not alias a pattern finer than the new pixels', () => {
    const pixels = Float32Array.from({ length: 90 * 90 }, (_, i) => (i + Math.floor(i / 90)) % 2)
    const small = rescale({ width: 90, height: 90, pixels }, 1 / 3)
    for (const value of small.pixels) expect(Math.abs(value - 0.5)).toBeLessThan(0.06)
  })

  test('grows back to the very size', () => {
    const image = ramp(217, 101)
    const small = rescale(image, 0.31)
    const back = rescale(small, image)
    expect([back.width, back.height]).toEqual([217, 101])
  })

  test('copies an image that keeps its size', () => {
    const image = ramp(5, 4)
    const copy = rescaleStage.run(image, rescaleStage.defaults)
    expect(copy).toEqual(image)
    expect(copy.pixels).not.toBe(image.pixels)
  })

  test('refuses sizes that are none', () => {
    expect(() => rescale(ramp(5, 4), 0)).toThrow(RangeError)
    expect(() => rescale(ramp(5, 4), NaN)).toThrow(RangeError)
    expect(() => rescale(ramp(5, 4), { width: 2.5, height: 3 })).toThrow(RangeError)
    expect(() => rescale({ width: 0, height: 0, pixels: new Float32Array(0) }, 2)).toThrow(
      RangeError,
    )
  })
})

test('scaledSize never leaves an image without pixels', () => {
  expect(scaledSize({ width: 2160, height: 1 }, 0.25)).toEqual({ width: 540, height: 1 })
})
