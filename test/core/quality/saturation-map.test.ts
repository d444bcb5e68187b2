import { describe, expect, test } from 'vitest'
import { mapSaturation } from '#core/quality/saturation-map.ts'
import { measureQuality } from '#core/quality/metrics.ts'
import type { Plane } from '#core/image/plane.ts'

/** Bright where `bright` says so. */
function drawn(width: number, height: number, bright: (x: number, y: number) => boolean): Plane {
  const pixels = Uint16Array.from({ length: width * height }, (_, i) =>
    bright(i % width, Math.floor(i / width)) ? 65535 : 500 + (i % 50),
  )
  return { width, height, pixels, fullScale: 65535 }
}

describe('a map of saturation', () => {
  test('has the share of clipped pixels of each tile, smaller ones at the border too', () => {
    const map = mapSaturation(drawn(48, 40, (x, y) => x >= 32 && y < 16))
    expect(map).toEqual({
      width: 2,
      height: 2,
      step: 32,
      values: Float32Array.of(0, 0.5, 0, 0),
    })
  })

  test('adds up to the share of the plane', () => {
    const plane = drawn(128, 96, (x, y) => (x * 7 + y * 13) % 11 === 0)
    const { values } = mapSaturation(plane)
    const { saturated_fraction } = measureQuality.run(plane, measureQuality.defaults)
    expect(values.reduce((sum, value) => sum + value) / values.length).toBeCloseTo(
      saturated_fraction!,
      6,
    )
  })

  test('counts where one colour is clipped, however dark its luminance', () => {
    const pixels = Float32Array.of(0.2, 0.7, 0.3, 0.4)
    const clipped = Uint8Array.of(0, 0, 1, 0)
    const map = mapSaturation({ width: 2, height: 2, pixels, fullScale: 1, clipped })
    expect([...map.values]).toEqual([0.25])
  })

  test('cannot tell where values lie beyond the largest that there should be', () => {
    const pixels = Float32Array.of(0.2, 1.7, 0.3, 0.4)
    const map = mapSaturation({ width: 2, height: 2, pixels, fullScale: 1 })
    expect([...map.values]).toEqual([NaN])
  })
})
