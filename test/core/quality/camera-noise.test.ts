import { describe, expect, test } from 'vitest'
import {
  estimateNoise,
  lightAt,
  noiseAt,
  stabiliser,
  unstabiliser,
} from '#core/quality/camera-noise.ts'
import { drawNucleiField } from '../../support/nuclei-field.ts'

describe('the noise of a camera', () => {
  test.each([
    { gain: 1, offset: 100, readNoise: 2 },
    { gain: 0.46, offset: 100, readNoise: 1.6 },
    { gain: 4, offset: 500, readNoise: 3 },
  ])(
    'is told from one image of nuclei: gain $gain, offset $offset',
    ({ gain, offset, readNoise }) => {
      const plane = drawNucleiField({ gain, offset, readNoise, radius: 14 })
      const noise = estimateNoise(plane, 65535)
      // Nuclei are few, and their rims are no noise: the gain is right to a quarter.
      expect(noise.slope / gain).toBeGreaterThan(0.8)
      expect(noise.slope / gain).toBeLessThan(1.25)
      const background = offset + 60 * gain
      const variance = gain ** 2 * (60 + readNoise ** 2)
      expect(noiseAt(noise, background) / variance).toBeGreaterThan(0.85)
      expect(noiseAt(noise, background) / variance).toBeLessThan(1.15)
      // The offset falls out of the light, but for the read noise.
      expect(lightAt(noise, background) / (60 * gain)).toBeGreaterThan(0.75)
      expect(lightAt(noise, background) / (60 * gain)).toBeLessThan(1.35)
    },
  )

  test('of an empty field is known at its level only', () => {
    const noise = estimateNoise(drawNucleiField({ nuclei: 0, background: 400 }), 65535)
    expect(noise.constant).toBe(0)
    expect(noiseAt(noise, 500) / 404).toBeGreaterThan(0.9)
    expect(noiseAt(noise, 500) / 404).toBeLessThan(1.1)
  })

  test('is rounding at least', () => {
    const pixels = new Uint8Array(64 * 64).fill(9)
    const noise = estimateNoise({ width: 64, height: 64, pixels, fullScale: 255 }, 255)
    expect(noiseAt(noise, 9)).toBe(1 / 12)
  })
})

describe('the stabilised scale', () => {
  const noise = { constant: -90, slope: 1, least: 5 }

  test('has steps of one where the noise is one', () => {
    const toLevel = stabiliser(noise)
    for (const count of [100, 300, 5000]) {
      const sigma = Math.sqrt(noiseAt(noise, count))
      expect(toLevel(count + sigma / 2) - toLevel(count - sigma / 2)).toBeCloseTo(1, 2)
    }
  })

  test('leads back to counts, also below the darkest', () => {
    const toLevel = stabiliser(noise)
    const toCount = unstabiliser(noise)
    for (const count of [0, 50, 95, 96, 300, 60_000]) {
      expect(toCount(toLevel(count))).toBeCloseTo(count, 6)
    }
  })

  test('is even where the noise does not grow', () => {
    const even = { constant: 4, slope: 0, least: 1 }
    expect(stabiliser(even)(10)).toBe(5)
    expect(unstabiliser(even)(5)).toBe(10)
  })
})
