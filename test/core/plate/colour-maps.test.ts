import { describe, expect, test } from 'vitest'
import { COLOUR_MAPS, colourMapOf, type ColourMap } from '../../../src/core/plate/colour-maps.ts'

/** CIE L* of sRGB under D65, 0 to 100. */
function lightness(red: number, green: number, blue: number): number {
  const [r, g, b] = [red, green, blue].map(part => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  const luminance = 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
  return luminance > 216 / 24389 ? 116 * Math.cbrt(luminance) - 16 : (24389 / 27) * luminance
}

function lightnesses({ colours }: ColourMap): number[] {
  return Array.from({ length: 256 }, (_, i) =>
    lightness(colours[3 * i]!, colours[3 * i + 1]!, colours[3 * i + 2]!),
  )
}

describe('colour maps', () => {
  // matplotlib 3.6.3, `colormaps[name](i)`, first, middle and last.
  test.each([
    ['viridis', [68, 1, 84], [33, 145, 140], [253, 231, 37]],
    ['cividis', [0, 34, 78], [125, 124, 120], [254, 232, 56]],
    ['magma', [0, 0, 4], [183, 55, 121], [252, 253, 191]],
    ['coolwarm', [59, 76, 192], [221, 220, 220], [180, 4, 38]],
    ['PuOr_r', [45, 0, 75], [247, 247, 246], [127, 59, 8]],
  ] as const)('%s is as published', (name, first, middle, last) => {
    const { colours } = colourMapOf(name)
    expect(colours).toHaveLength(768)
    expect([...colours.slice(0, 3)]).toEqual(first)
    expect([...colours.slice(3 * 128, 3 * 129)]).toEqual(middle)
    expect([...colours.slice(-3)]).toEqual(last)
  })

  test.each(COLOUR_MAPS.filter(({ kind }) => kind === 'sequential'))(
    '$title gets lighter from low to high by even steps, so that it survives a grey print',
    map => {
      const steps = lightnesses(map)
      for (let i = 16; i < 256; i += 16) {
        const rise = steps[i]! - steps[i - 16]!
        const even = (steps[255]! - steps[0]!) / 16
        expect(rise).toBeGreaterThan(0.5 * even)
        expect(rise).toBeLessThan(1.5 * even)
      }
    },
  )

  test.each(COLOUR_MAPS.filter(({ kind }) => kind === 'diverging'))(
    '$title is lightest in the middle and as dark at one end as at the other',
    map => {
      const steps = lightnesses(map)
      const lightest = steps.indexOf(Math.max(...steps))
      expect(Math.abs(lightest - 127.5)).toBeLessThan(6)
      expect(Math.abs(steps[0]! - steps[255]!)).toBeLessThan(25)
    },
  )
})
