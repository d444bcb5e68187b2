import { describe, expect, test } from 'vitest'
import { exposeCamera, SCIENTIFIC_CMOS, type Camera } from '#core/simulate/camera.ts'
import { randomFrom } from '#core/simulate/random.ts'

const SIDE = 200

function expose(photons: number, camera: Camera = SCIENTIFIC_CMOS): Uint16Array {
  const light = { width: SIDE, height: SIDE, pixels: new Float32Array(SIDE * SIDE).fill(photons) }
  return exposeCamera(light, camera, randomFrom('exposure', photons)).pixels as Uint16Array
}

function moments(pixels: Uint16Array): { mean: number; variance: number } {
  const mean = pixels.reduce((sum, level) => sum + level, 0) / pixels.length
  const variance = pixels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / pixels.length
  return { mean, variance }
}

describe('the camera', () => {
  test('sees its offset and its read noise in the dark', () => {
    const { mean, variance } = moments(expose(0))
    expect(mean).toBeCloseTo(100, 0)
    // Read noise in grey levels, and 1/12 from rounding; 5 standard errors of a variance of 40,000 pixels.
    const expected = (1.6 / 0.46) ** 2 + 1 / 12
    expect(Math.abs(variance / expected - 1)).toBeLessThan((5 * Math.SQRT2) / SIDE)
  })

  // The photon transfer curve (Janesick 2007): variance grows as mean/gain, which is how a camera's gain is measured.
  test.each([5, 30, 45, 400, 5000])('has the shot noise of %d photons', photons => {
    const electrons = 0.72 * photons
    const { mean, variance } = moments(expose(photons))
    const expected = (electrons + 1.6 ** 2) / 0.46 ** 2 + 1 / 12
    expect(Math.abs(mean - 100 - electrons / 0.46)).toBeLessThan((5 * Math.sqrt(expected)) / SIDE)
    expect(Math.abs(variance / expected - 1)).toBeLessThan((5 * Math.SQRT2) / SIDE + 0.01)
  })

  test('is full at its well, whatever the light', () => {
    const full = Math.round(100 + 30_000 / 0.46)
    expect(new Set(expose(200_000))).toEqual(new Set([full]))
  })

  test('saturates at 4095 with a 12-bit converter', () => {
    const camera: Camera = { ...SCIENTIFIC_CMOS, bits: 12, gain: 2 }
    const light = { width: 1, height: 1, pixels: Float32Array.of(1e6) }
    const plane = exposeCamera(light, camera, randomFrom('bright'))
    expect(plane.fullScale).toBe(4095)
    expect([...plane.pixels]).toEqual([4095])
  })
})
