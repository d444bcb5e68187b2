import { describe, expect, test } from 'vitest'
import type { FloatImage } from '#core/image/blur.ts'
import { illuminationStage } from '#core/prepare/illumination.ts'
import { illuminate } from '#core/simulate/illumination.ts'
import { randomFrom } from '#core/simulate/random.ts'

const SIDE = 128
const DARK = 100

/** Background of 400 counts and discs of 2000, above the camera's offset. */
function specimen(): FloatImage {
  const pixels = Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
    const x = (i % SIDE) % 32
    const y = Math.floor(i / SIDE) % 32
    return (x - 16) ** 2 + (y - 16) ** 2 < 64 ? 2000 : 400
  })
  return { width: SIDE, height: SIDE, pixels }
}

function withOffset({ width, height, pixels }: FloatImage): FloatImage {
  return { width, height, pixels: pixels.map(value => value + DARK) }
}

const lamp = { centre: { x: 0.45, y: 0.55 }, corner: 0.6 }
const shaded = withOffset(illuminate(specimen(), lamp))

/** Largest over smallest light of what was equally bright. */
function unevenness({ pixels }: FloatImage): { nuclei: number; background: number } {
  const truth = specimen().pixels
  const ratio = (level: number): number => {
    const own = pixels.filter((_, i) => truth[i] === level).map(value => value - DARK)
    return Math.max(...own) / Math.min(...own)
  }
  return { nuclei: ratio(2000), background: ratio(400) }
}

describe('the light over a field', () => {
  test('is evened out by a flat field, at any size and brightness', () => {
    const white = { width: 64, height: 64, pixels: new Float32Array(64 * 64).fill(30_000) }
    const light = withOffset(illuminate(white, lamp))
    const params = { dark: DARK, least: 0.1 }
    expect(unevenness(shaded).nuclei).toBeGreaterThan(1.4)
    const flat = illuminationStage.run({ image: shaded, light }, params)
    expect(unevenness(flat).nuclei).toBeLessThan(1.01)
    expect(unevenness(flat).background).toBeLessThan(1.01)
  })

  test('is evened out by the background of the field itself', () => {
    const flat = illuminationStage.run({ image: shaded, light: null }, { dark: DARK, least: 0.1 })
    expect(unevenness(flat).nuclei).toBeLessThan(1.1)
    expect(unevenness(flat).background).toBeLessThan(1.1)
  })

  test('leaves an even field as it is', () => {
    const even = withOffset(specimen())
    const flat = illuminationStage.run({ image: even, light: null }, { dark: DARK, least: 0.1 })
    for (const [i, value] of even.pixels.entries()) {
      expect(Math.abs(flat.pixels[i]! - value)).toBeLessThan(0.002 * value)
    }
  })

  test('is left alone where the background holds none', () => {
    const black = { width: 40, height: 40, pixels: new Float32Array(1600).fill(DARK) }
    expect(
      illuminationStage.run({ image: black, light: null }, { dark: DARK, least: 0.1 }),
    ).toEqual(black)
  })

  test('is left alone where it cannot be told from the noise of the background', () => {
    const random = randomFrom('dim')
    const pixels = Float32Array.from({ length: SIDE * SIDE }, () => DARK + 3 + 10 * random.normal())
    const image = { width: SIDE, height: SIDE, pixels }
    const flat = illuminationStage.run({ image, light: null }, { dark: DARK, least: 0.1 })
    for (const [i, value] of pixels.entries()) {
      expect(Math.abs(flat.pixels[i]! - value)).toBeLessThan(0.02 * Math.abs(value - DARK) + 1e-4)
    }
  })

  test('is evened out in a field of which not every pixel is read', () => {
    const side = 1100
    const even = new Float32Array(side * side).fill(400)
    const image = withOffset(illuminate({ width: side, height: side, pixels: even }, lamp))
    const flat = illuminationStage.run({ image, light: null }, { dark: DARK, least: 0.1 })
    const own = flat.pixels.map(value => value - DARK).toSorted()
    expect(own.at(-1)! / own[0]!).toBeLessThan(1.06)
  })

  test('lifts a dark corner no more than is allowed', () => {
    const light = { width: 2, height: 1, pixels: Float32Array.of(199, 1) }
    const image = { width: 2, height: 1, pixels: Float32Array.of(50, 50) }
    const { pixels } = illuminationStage.run({ image, light }, { dark: 0, least: 0.25 })
    expect(pixels[1]).toBe(200)
  })
})
