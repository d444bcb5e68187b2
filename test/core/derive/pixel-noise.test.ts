import { describe, expect, test } from 'vitest'
import { pixelNoise } from '#core/derive/pixel-noise.ts'
import { drawNucleiField } from '../../support/nuclei-field.ts'

const withNoise = (readNoise: number) => {
  const field = { nuclei: 30, signal: 0, background: 0, offset: 5000, readNoise }
  const plane = drawNucleiField(field)
  return { ...plane, pixels: Float32Array.from(plane.pixels, (v, i) => v + 3 * (i % plane.width)) }
}

describe('pixelNoise', () => {
  // The median of 20,000 differences is certain to one percent; whole grey values add 1/√12.
  test.each([10, 40])('finds noise of %i grey values on a slope', noise => {
    expect(Math.abs(pixelNoise(withNoise(noise)) / noise - 1)).toBeLessThan(0.03)
  })

  test('finds none in an image without noise, or too narrow to tell', () => {
    expect(pixelNoise({ width: 30, height: 30, pixels: new Float32Array(900).fill(4) })).toBe(0)
    expect(pixelNoise({ width: 2, height: 1, pixels: Float32Array.of(1, 9) })).toBe(0)
  })
})
