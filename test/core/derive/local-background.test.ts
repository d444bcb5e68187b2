import { describe, expect, test } from 'vitest'
import { localBackground } from '#core/derive/local-background.ts'

const width = 120
const height = 90
const everywhere = { width, height, pixels: new Uint8Array(width * height).fill(1) }
const image = (valueAt: (x: number, y: number) => number) => ({
  width,
  height,
  pixels: Float32Array.from({ length: width * height }, (_, i) =>
    valueAt(i % width, Math.floor(i / width)),
  ),
})

describe('localBackground', () => {
  test('leaves a constant background as it is, to float32 rounding', () => {
    for (const value of localBackground(
      image(() => 300),
      everywhere,
      10,
    ).pixels) {
      expect(value).toBeCloseTo(300, 3)
    }
  })

  test('follows a slope and bridges an object that hides it', () => {
    const hidden = (x: number, y: number) => Math.hypot(x - 60, y - 45) < 8
    const slope = image((x, y) => (hidden(x, y) ? 5000 : 100 + x))
    const away = {
      ...everywhere,
      pixels: everywhere.pixels.map((_, i) => (hidden(i % width, Math.floor(i / width)) ? 0 : 1)),
    }
    const background = localBackground(slope, away, 9).pixels
    // A grid of 3 pixels and weights that the object makes a little lopsided: half a grey value.
    expect(Math.abs(background[45 * width + 60]! - 160)).toBeLessThan(0.5)
  })

  test('takes the smallest pixel where objects leave no background', () => {
    const covered = { ...everywhere, pixels: new Uint8Array(width * height) }
    expect(
      localBackground(
        image(x => 7 + x),
        covered,
        5,
      ).pixels[999],
    ).toBeCloseTo(7, 4)
  })
})
