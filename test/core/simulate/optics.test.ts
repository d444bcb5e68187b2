import { describe, expect, test } from 'vitest'
import type { FloatImage } from '#core/image/blur.ts'
import { discRadius, focusedSpread, formImage, PLATE_OBJECTIVE } from '#core/simulate/optics.ts'

/** Fine stripes, of which sharpness shows. */
const stripes: FloatImage = {
  width: 96,
  height: 96,
  pixels: Float32Array.from({ length: 96 * 96 }, (_, i) => (i % 8 < 4 ? 100 : 0)),
}

function contrast({ pixels }: FloatImage): number {
  const mean = pixels.reduce((sum, light) => sum + light, 0) / pixels.length
  return (
    Math.sqrt(pixels.reduce((sum, light) => sum + (light - mean) ** 2, 0) / pixels.length) / mean
  )
}

describe('the microscope’s optics', () => {
  test('spread a point in focus as an Airy pattern and a pixel do', () => {
    const optics = { numericalAperture: 0.5, refractiveIndex: 1, pixelSize: 0.1 }
    // 0.51 × 0.5 µm / 0.5 = 0.51 µm at half maximum = 5.1 pixels; σ = 5.1 / 2.355.
    expect(focusedSpread(optics, 0.5)).toBeCloseTo(Math.hypot(5.1 / 2.355, Math.sqrt(1 / 12)), 6)
  })

  test('open a cone whose half angle has the sine NA/n', () => {
    const optics = { numericalAperture: 0.6, refractiveIndex: 1, pixelSize: 0.5 }
    // tan(asin 0.6) = 0.75
    expect(discRadius(optics, 10)).toBeCloseTo(15, 9)
    expect(discRadius(optics, -10)).toBeCloseTo(15, 9)
    expect(discRadius(optics, 0)).toBe(0)
  })

  test('keep the light at every defocus', () => {
    const before = stripes.pixels.reduce((sum, light) => sum + light, 0)
    for (const defocus of [0, -3, 8, 30]) {
      const { pixels } = formImage(stripes, PLATE_OBJECTIVE, 0.5, defocus)
      const after = pixels.reduce((sum, light) => sum + light, 0)
      // Mirrored edges give back what leaves, to the resolution of the reduced image.
      expect(Math.abs(after / before - 1)).toBeLessThan(0.01)
    }
  })

  test('lose contrast with every step out of focus, on either side', () => {
    const seen = [0, 2, 4, 8].map(z => contrast(formImage(stripes, PLATE_OBJECTIVE, 0.5, z)))
    expect(seen[0]! > seen[1]! && seen[1]! > seen[2]! && seen[2]! > seen[3]!).toBe(true)
    const other = contrast(formImage(stripes, PLATE_OBJECTIVE, 0.5, -4))
    expect(other).toBeCloseTo(seen[2]!, 6)
  })

  test('blur red light more than blue', () => {
    expect(focusedSpread(PLATE_OBJECTIVE, 0.665)).toBeGreaterThan(
      focusedSpread(PLATE_OBJECTIVE, 0.461),
    )
  })
})
