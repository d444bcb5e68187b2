import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { gaussianBlur } from '#core/image/blur.ts'

interface Case {
  readonly width: number
  readonly height: number
  readonly sigma: number
  readonly pixels: readonly number[]
  readonly smooth: readonly number[]
}

const cases = JSON.parse(
  readFileSync(new URL('blurs.json', import.meta.url), 'utf8'),
) as readonly Case[]

describe('gaussianBlur against scipy.ndimage.gaussian_filter', () => {
  test.each(cases)('$width × $height at σ = $sigma', ({ width, height, sigma, pixels, smooth }) => {
    const blurred = gaussianBlur({ width, height, pixels: Float32Array.from(pixels) }, sigma)
    // Two roundings to float32, of 2⁻²⁴ each, on values below 1000.
    const tolerance = 2 * 1000 * 2 ** -24
    for (const [i, value] of smooth.entries()) {
      expect(Math.abs(blurred.pixels[i]! - value)).toBeLessThan(tolerance)
    }
  })
})
