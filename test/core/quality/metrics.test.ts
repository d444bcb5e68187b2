import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Pixels, Plane } from '#core/image/plane.ts'
import { measureQuality, METRIC_NAMES, type QualityMetrics } from '#core/quality/metrics.ts'
import { drawNucleiField } from '../../support/nuclei-field.ts'

function measure(plane: Plane): QualityMetrics {
  return measureQuality.run(plane, measureQuality.defaults)
}

function expectNumbers(metrics: QualityMetrics): void {
  expect(Object.keys(metrics).toSorted()).toEqual(METRIC_NAMES.toSorted())
  for (const name of METRIC_NAMES) {
    const value = metrics[name]
    expect(value === null || Number.isFinite(value), `${name} is ${value}`).toBe(true)
  }
}

describe('the quality of a plane', () => {
  test('is a number or null for every measure, whatever the size and the pixels', () => {
    const side = fc.integer({ min: 1, max: 40 })
    const seed = fc.integer({ min: 0, max: 2 ** 31 })
    const kind = fc.constantFrom('u8', 'u16', 'f32', 'flat', 'two values')
    fc.assert(
      fc.property(side, side, seed, kind, (width, height, from, of) => {
        expectNumbers(measure(randomPlane(width, height, from, of)))
      }),
      { numRuns: 150 },
    )
  })

  test.each([
    { name: 'is not a number', value: NaN },
    { name: 'is infinite', value: Infinity },
    { name: 'is far below zero', value: -1e30 },
  ])('survives pixels of which one $name', ({ value }) => {
    const { width, height, pixels } = drawNucleiField({ width: 90, height: 70 })
    const real = Float32Array.from(pixels, count => count / 65535)
    real[1234] = value
    expectNumbers(measure({ width, height, pixels: real, fullScale: 1 }))
  })

  test('pixels that are no numbers count as the median', () => {
    const { width, height, pixels } = drawNucleiField({ width: 90, height: 70 })
    const real = Float32Array.from(pixels, count => count / 65535)
    const whole = measure({ width, height, pixels: real, fullScale: 1 })
    real[1234] = NaN
    const holed = measure({ width, height, pixels: real, fullScale: 1 })
    expect(holed.MedianIntensity).toBeCloseTo(whole.MedianIntensity!, 6)
    expect(holed.edge_sharpness! / whole.edge_sharpness!).toBeCloseTo(1, 1)
  })

  test('is nothing but null where no pixel is a number', () => {
    const pixels = new Float32Array(12).fill(NaN)
    const metrics = measure({ width: 4, height: 3, pixels, fullScale: 1 })
    expect(new Set(Object.values(metrics))).toEqual(new Set([null]))
  })

  test('does not depend on how the counts are stored', () => {
    const sixteen = drawNucleiField({ offset: 10, background: 20, signal: 150 })
    const { width, height } = sixteen
    const eight = measure({
      width,
      height,
      pixels: Uint8Array.from(sixteen.pixels, count => Math.min(255, count)),
      fullScale: 255,
    })
    const real = measure({
      width,
      height,
      pixels: Float32Array.from(sixteen.pixels, count => Math.min(255, count) / 255),
      fullScale: 1,
    })
    const single = METRIC_NAMES.filter(name => name !== 'laplacian_variance')
    for (const name of single) {
      // Single precision, and a noise that for whole numbers is rounding at least.
      const scale = Math.max(Math.abs(eight[name]!), 0.02)
      expect(Math.abs(eight[name]! - real[name]!) / scale, name).toBeLessThan(0.05)
    }
    expect(measure(sixteen).edge_sharpness! / eight.edge_sharpness!).toBeCloseTo(1, 1)
  })
})

function randomPlane(width: number, height: number, seed: number, kind: string): Plane {
  const field = drawNucleiField({ width, height, nuclei: 3, radius: 4, seed })
  const pixels: Pixels =
    kind === 'u8'
      ? Uint8Array.from(field.pixels, count => Math.min(255, count / 3))
      : kind === 'f32'
        ? Float32Array.from(field.pixels, count => (count - 200) / 300)
        : kind === 'flat'
          ? field.pixels.slice().fill(seed % 65536)
          : kind === 'two values'
            ? field.pixels.map(count => (count > 170 ? 500 : 0))
            : field.pixels
  const fullScale = kind === 'u8' ? 255 : kind === 'f32' ? 1 : 65535
  return { width, height, pixels, fullScale }
}
