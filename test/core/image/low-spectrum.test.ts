import { expect, test } from 'vitest'
import { lowSpectrum } from '#core/image/low-spectrum.ts'
import { uniform } from '../../support/nuclei-field.ts'

const cases: readonly (readonly [number, number])[] = [
  [8, 8],
  [13, 9],
  [40, 33],
  [9, 1],
]

test.each(cases)(
  'the low frequencies of %d × %d pixels are those of the whole transform',
  (width, height) => {
    const random = uniform(width)
    const pixels = Uint16Array.from({ length: width * height }, () => 1000 * random())
    const reach = Math.min(3, Math.floor((Math.min(width, height) - 1) / 2))
    const { power } = lowSpectrum({ width, height, pixels, fullScale: 65535 }, 500, reach)
    for (let v = -reach; v <= reach; v += 1) {
      for (let u = 0; u <= reach; u += 1) {
        let re = 0
        let im = 0
        for (let y = 0; y < height; y += 1) {
          for (let x = 0; x < width; x += 1) {
            const angle = -2 * Math.PI * ((u * x) / width + (v * y) / height)
            re += (pixels[y * width + x]! - 500) * Math.cos(angle)
            im += (pixels[y * width + x]! - 500) * Math.sin(angle)
          }
        }
        const expected = re * re + im * im
        // Relative to the power that 1000 counts in every pixel would give.
        const found = power[(v + reach) * (reach + 1) + u]!
        expect(Math.abs(found - expected)).toBeLessThan(1e-10 * (1000 * width * height) ** 2)
      }
    }
  },
)
