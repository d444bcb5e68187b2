import { describe, expect, test } from 'vitest'
import { measurePowerSlope } from '#core/quality/power-slope.ts'
import { drawNucleiField, uniform } from '../../support/nuclei-field.ts'

describe('the slope of the power spectrum', () => {
  test('is that of longer rings, +1, for white noise', () => {
    const random = uniform(3)
    const pixels = Uint16Array.from({ length: 250 * 250 }, () => 1000 * random())
    const slope = measurePowerSlope({ width: 250, height: 250, pixels, fullScale: 65535 }, 500)
    expect(slope).toBeGreaterThan(0.8)
    expect(slope).toBeLessThan(1.2)
  })

  test('is steeper for a blurred field than for a sharp one', () => {
    const slope = (blur: number): number =>
      measurePowerSlope(drawNucleiField({ width: 300, height: 240, signal: 5000, blur }), 300)
    expect(slope(4)).toBeLessThan(slope(1))
  })

  test('is 0 for a plane without two rings', () => {
    const pixels = Uint8Array.from({ length: 31 * 90 }, (_, i) => i % 7)
    expect(measurePowerSlope({ width: 31, height: 90, pixels, fullScale: 255 }, 3)).toBe(0)
  })
})
