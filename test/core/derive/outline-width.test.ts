import { expect, test } from 'vitest'
import { outlineWidth } from '#core/derive/outline-width.ts'

/** One disc of radius 30 whose brightness falls over `width` pixels. */
function disc(width: number) {
  const side = 121
  const pixels = new Float32Array(side * side)
  const labels = new Uint32Array(side * side)
  for (let i = 0; i < pixels.length; i += 1) {
    const depth = 30 - Math.hypot((i % side) - 60, Math.floor(i / side) - 60)
    pixels[i] = 50 + 400 * Math.min(1, Math.max(0, 0.5 + depth / width))
    labels[i] = depth > 0 ? 1 : 0
  }
  return {
    image: { width: side, height: side, pixels },
    labels: { width: side, height: side, pixels: labels, count: 1 },
  }
}

test.each([6, 10, 20])('measures an outline that is %i pixels wide', width => {
  const { image, labels } = disc(width)
  const found = outlineWidth(image, labels)
  expect(found / width).toBeGreaterThan(0.9)
  expect(found / width).toBeLessThan(1.3)
})

test('is infinite without any gradient, and 0 without objects', () => {
  const { image, labels } = disc(6)
  const flat = { ...image, pixels: new Float32Array(image.pixels.length).fill(9) }
  expect(outlineWidth(flat, labels)).toBe(Infinity)
  const nothing = { ...labels, pixels: new Uint32Array(labels.pixels.length), count: 0 }
  expect(outlineWidth(image, nothing)).toBe(0)
})
