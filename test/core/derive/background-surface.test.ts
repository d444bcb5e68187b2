import { describe, expect, test } from 'vitest'
import { backgroundSurface } from '#core/derive/background-surface.ts'

const width = 160
const height = 128

describe('backgroundSurface', () => {
  test('runs under the objects on uneven illumination', () => {
    const lit = (x: number, y: number) => 500 + 2 * x + 0.01 * (y - 60) ** 2
    const pixels = Float32Array.from({ length: width * height }, (_, i) => {
      const x = i % width
      const y = Math.floor(i / width)
      const inNucleus = Math.hypot((x % 40) - 20, (y % 32) - 16) < 9
      return lit(x, y) + (inNucleus ? 1000 : 0)
    })
    const surface = backgroundSurface({ width, height, pixels }).pixels
    // The tenth of a cell's pixels that stands for it lies up to 4 grey values below its middle,
    // and the asymmetric weight lets a nucleus lift the sheet by its fiftieth.
    for (const [x, y] of [
      [5, 5],
      [80, 64],
      [150, 120],
      [60, 100],
    ] as const) {
      expect(Math.abs(surface[y * width + x]! - lit(x, y))).toBeLessThan(25)
    }
  })

  test('is level for a single pixel', () => {
    expect([
      ...backgroundSurface({ width: 1, height: 1, pixels: Float32Array.of(7) }).pixels,
    ]).toEqual([7])
  })
})
