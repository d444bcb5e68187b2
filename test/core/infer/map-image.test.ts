import { expect, test } from 'vitest'
import { mapImage } from '#core/infer/map-image.ts'

test('a map becomes the nearest of 256 grey levels, and what lies outside the nearest end', () => {
  const values = [0, 1, 0.5, 1 / 255, 0.49 / 255, 0.51 / 255, -1, 2, NaN, Infinity, -Infinity]
  const image = mapImage({ width: 11, height: 1, pixels: Float32Array.from(values) })
  expect({ ...image, pixels: [...image.pixels] }).toEqual({
    width: 11,
    height: 1,
    pixels: [0, 255, 128, 1, 0, 1, 0, 255, 0, 255, 0],
  })
})

test('no level is further than half a step from what it stands for', () => {
  const values = Float32Array.from({ length: 10_001 }, (_, i) => i / 10_000)
  const { pixels } = mapImage({ width: 10_001, height: 1, pixels: values })
  const worst = pixels.reduce(
    (most, level, i) => Math.max(most, Math.abs(level / 255 - values[i]!)),
    0,
  )
  expect(worst).toBeLessThanOrEqual(0.5 / 255 + 1e-7)
})
