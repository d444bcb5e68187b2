import { describe, expect, test } from 'vitest'
import { measureQuality } from '#core/quality/metrics.ts'
import { mapSharpness } from '#core/quality/sharpness-map.ts'
import { drawNucleiField } from '../../support/nuclei-field.ts'

const { defaults } = measureQuality

describe('a map of sharpness', () => {
  test('is of the votes of which the sharpness of the plane is the middle', () => {
    const plane = drawNucleiField({ blur: 1 })
    const { values, step, width, height } = mapSharpness(plane, defaults)
    expect([step, width, height]).toEqual([
      64,
      Math.ceil(plane.width / 64),
      Math.ceil(plane.height / 64),
    ])
    const { edge_sharpness } = measureQuality.run(plane, defaults)
    expect([...values].some(value => Math.abs(value - edge_sharpness!) < 1e-6)).toBe(true)
  })

  test('is lower where the plane is blurred', () => {
    const sharp = drawNucleiField({ blur: 0.7 })
    const blurred = drawNucleiField({ blur: 6 })
    const half = sharp.width >> 1
    const pixels = sharp.pixels.map((value, i) =>
      i % sharp.width < half ? value : blurred.pixels[i]!,
    )
    const { values, width } = mapSharpness({ ...sharp, pixels }, defaults)
    const side = (left: boolean): number[] =>
      [...values].filter((value, i) => {
        const column = i % width
        const inside = left ? column < width / 2 - 1 : column > width / 2
        return inside && Number.isFinite(value)
      })
    const mean = (votes: readonly number[]): number =>
      votes.reduce((sum, vote) => sum + vote, 0) / votes.length
    expect(side(true).length).toBeGreaterThan(2)
    expect(side(false).length).toBeGreaterThan(2)
    expect(mean(side(true))).toBeGreaterThan(2 * mean(side(false)))
  })

  test('cannot tell where there are no edges', () => {
    const { values } = mapSharpness(drawNucleiField({ nuclei: 0 }), defaults)
    expect(values.every(value => Number.isNaN(value))).toBe(true)
  })

  test('reads over pixels that are not finite', () => {
    const { width, height, pixels } = drawNucleiField({ blur: 1 })
    const floats = Float32Array.from(pixels, (value, i) => (i % 1013 === 0 ? NaN : value / 65535))
    const { values } = mapSharpness({ width, height, pixels: floats, fullScale: 1 }, defaults)
    expect([...values].some(value => Number.isFinite(value))).toBe(true)
    const gone = new Float32Array(pixels.length).fill(NaN)
    const none = mapSharpness({ width, height, pixels: gone, fullScale: 1 }, defaults)
    expect(none.values.every(value => Number.isNaN(value))).toBe(true)
  })
})
