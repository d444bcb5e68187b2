import { describe, expect, test } from 'vitest'
import { typicalDiameter } from '#core/derive/typical-diameter.ts'
import type { Labels } from '#core/image/labels.ts'

/** Rectangles of a width and height each, placed in a row, the first touching the left border where asked. */
function rectangles(
  sizes: readonly (readonly [number, number])[],
  first: 'free' | 'cut' = 'free',
): Labels {
  const width = sizes.reduce((sum, [w]) => sum + w + 1, 2)
  const height = 2 + Math.max(0, ...sizes.map(([, h]) => h))
  const pixels = new Uint32Array(width * height)
  let left = first === 'cut' ? 0 : 1
  sizes.forEach(([w, h], k) => {
    for (let y = 1; y <= h; y += 1) pixels.fill(k + 1, y * width + left, y * width + left + w)
    left += w + 1
  })
  return { width, height, pixels, count: sizes.length }
}

const ofArea = (area: number): number => Math.sqrt((4 * area) / Math.PI)

describe('typicalDiameter', () => {
  test('is the median of the equivalent diameters', () => {
    expect(
      typicalDiameter(
        rectangles([
          [4, 4],
          [5, 5],
          [9, 9],
        ]),
      ),
    ).toBeCloseTo(ofArea(25))
  })

  test('is between the two in the middle of an even number', () => {
    expect(
      typicalDiameter(
        rectangles([
          [4, 4],
          [4, 6],
        ]),
      ),
    ).toBeCloseTo(ofArea(20))
  })

  test('does not see fragments, however many', () => {
    const dust = Array.from({ length: 30 }, () => [2, 1] as const)
    expect(typicalDiameter(rectangles([[8, 8], ...dust, [8, 8]]))).toBeCloseTo(ofArea(64))
  })

  test('leaves out objects that the border cuts where there are enough others', () => {
    const whole = Array.from({ length: 5 }, (_, k) => [8, 6 + k] as const)
    expect(typicalDiameter(rectangles([[3, 8], ...whole], 'cut'))).toBeCloseTo(ofArea(64))
    expect(typicalDiameter(rectangles([[3, 8], ...whole.slice(1)], 'cut'))).toBeCloseTo(ofArea(64))
    expect(typicalDiameter(rectangles([[3, 8]], 'cut'))).toBeCloseTo(ofArea(24))
  })

  test('is unknown without objects', () => {
    expect(typicalDiameter(rectangles([]))).toBeNull()
  })
})
