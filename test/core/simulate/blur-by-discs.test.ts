import { describe, expect, test } from 'vitest'
import type { FloatImage } from '#core/image/blur.ts'
import { blurByDiscs } from '#core/simulate/blur-by-discs.ts'

/** One bright pixel in the middle. */
function point(size: number): FloatImage {
  const pixels = new Float32Array(size * size)
  pixels[((size - 1) / 2) * size + (size - 1) / 2] = 1000
  return { width: size, height: size, pixels }
}

function sum({ pixels }: FloatImage): number {
  return pixels.reduce((total, light) => total + light, 0)
}

/** Mean squared distance from the middle along one axis. */
function variance({ width, pixels }: FloatImage): number {
  const middle = (width - 1) / 2
  let squares = 0
  pixels.forEach((light, i) => {
    squares += light * ((i % width) - middle) ** 2
  })
  return squares / pixels.reduce((total, light) => total + light, 0)
}

describe('spreading light over discs', () => {
  test.each([1, 2.3, 5.5, 8.9, 14, 40])('keeps all of it, radius %d', radius => {
    // Light is summed in float32.
    expect(sum(blurByDiscs(point(101), [{ radius, share: 1 }]))).toBeCloseTo(1000, 1)
  })

  test.each([2.3, 5.5, 8.9])('gives a disc of radius %d its variance, r²/4', radius => {
    const spread = variance(blurByDiscs(point(101), [{ radius, share: 1 }]))
    // A disc cut into rows of whole pixels' height is off by a few percent.
    expect(spread / (radius ** 2 / 4)).toBeGreaterThan(0.9)
    expect(spread / (radius ** 2 / 4)).toBeLessThan(1.1)
  })

  test.each([14, 30])(
    'gives a large disc of radius %d its variance, and that of the blocks',
    radius => {
      const spread = variance(blurByDiscs(point(201), [{ radius, share: 1 }]))
      const block = radius > 18 ? 4 : 2
      expect(spread / (radius ** 2 / 4)).toBeGreaterThan(0.9)
      expect(spread).toBeLessThan((radius ** 2 / 4) * 1.1 + block ** 2 / 2)
    },
  )

  test('is even within the disc and dark beyond it', () => {
    const { pixels } = blurByDiscs(point(21), [{ radius: 5, share: 1 }])
    const row = [...pixels.subarray(10 * 21, 11 * 21)].map(light => light > 0)
    expect(row.map(Number).join('')).toBe('000001111111111100000')
    expect(pixels[10 * 21 + 10]).toBeCloseTo(pixels[10 * 21 + 13]!, 4)
  })

  test('shares the light between discs', () => {
    const { pixels } = blurByDiscs(point(41), [
      { radius: 0, share: 0.25 },
      { radius: 6, share: 0.75 },
    ])
    expect(pixels[20 * 41 + 20]).toBeGreaterThan(250)
    expect(pixels.reduce((total, light) => total + light, 0)).toBeCloseTo(1000, 1)
  })

  test.each([0.7, 3, 9, 25])('leaves an even field even, edges included, radius %d', radius => {
    const even = { width: 37, height: 23, pixels: new Float32Array(37 * 23).fill(5) }
    const blurred = blurByDiscs(even, [{ radius, share: 1 }]).pixels
    expect(Math.max(...blurred.map(light => Math.abs(light - 5)))).toBeLessThan(1e-5)
  })
})
