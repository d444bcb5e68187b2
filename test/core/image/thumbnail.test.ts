import { describe, expect, test } from 'vitest'
import type { Pixels } from '#core/image/plane.ts'
import { thumbnailOf } from '#core/image/thumbnail.ts'
import { plane } from '../../support/planes.ts'

function row(pixels: Pixels): number[] {
  return [
    ...thumbnailOf({ width: pixels.length, height: 1, pixels, fullScale: 1 }, pixels.length).pixels,
  ]
}

describe('a thumbnail', () => {
  test('is means of square blocks, those at the border of what is there', () => {
    const drawing = `
      1 3 5 7 100
      1 3 5 7 100
      9 9 0 0 50
    `
    const { width, height, pixels } = thumbnailOf(plane(drawing), 3)
    expect([width, height, ...pixels]).toEqual([3, 2, 2, 6, 100, 9, 0, 50])
  })

  test('of a small plane is the plane', () => {
    const { pixels } = thumbnailOf(plane('1 2 3'), 96)
    expect([...pixels]).toEqual([1, 2, 3])
  })

  test.each([
    { width: 2160, height: 2160, size: [94, 94] },
    { width: 1392, height: 1040, size: [93, 70] },
    { width: 97, height: 1, size: [49, 1] },
    { width: 10_000, height: 10, size: [96, 1] },
  ])('of $width × $height pixels is at most 96 long', ({ width, height, size }) => {
    const pixels = new Uint16Array(width * height).fill(4321)
    const small = thumbnailOf({ width, height, pixels, fullScale: 65535 }, 96)
    expect([small.width, small.height]).toEqual(size)
    expect(small.pixels.every(value => value === 4321)).toBe(true)
  })

  test('spreads intensities of 0 to 1, as colour images have them', () => {
    expect(row(Float32Array.of(0, 0.5, 1))).toEqual([0, 32768, 65535])
  })

  test('takes larger float intensities for counts', () => {
    expect(row(Float32Array.of(-5, 0.4, 1000.6, 70_000))).toEqual([0, 0, 1001, 65535])
  })

  test('counts what is not finite for nothing', () => {
    const pixels = Float32Array.of(NaN, 400, Infinity, NaN)
    const { pixels: small } = thumbnailOf({ width: 4, height: 1, pixels, fullScale: 1 }, 2)
    expect([...small]).toEqual([400, 0])
  })
})
