import { describe, expect, test } from 'vitest'
import { contrastOf, contrastOfSamples, greyPixels } from '../../../src/renderer/lib/grey.ts'

function greys(data: Uint16Array, low: number, high: number): readonly number[] {
  return [...greyPixels({ data }, { low, high })].filter((_, i) => i % 4 === 0)
}

describe('contrast', () => {
  test('goes from black to white over the range, and is cut off beyond it', () => {
    expect(greys(Uint16Array.of(0, 100, 140, 200, 65535), 100, 200)).toEqual([0, 0, 102, 255, 255])
  })

  test('of a flat image is black, not a division by zero', () => {
    expect(greys(Uint16Array.of(7, 7), 7, 7)).toEqual([0, 0])
  })

  test('gives grey, opaque pixels', () => {
    expect([...greyPixels({ data: Uint16Array.of(40) }, { low: 0, high: 100 })]).toEqual([
      102, 102, 102, 255,
    ])
  })

  test('of a pixel that is no number is black', () => {
    expect(greyPixels({ data: Float32Array.of(NaN) }, { low: 0, high: 1 })[0]).toBe(0)
  })

  test('comes from the percentiles of the plane', () => {
    const percentiles = [
      { percent: 0, value: 1 },
      { percent: 0.1, value: 90 },
      { percent: 99.9, value: 2000 },
      { percent: 100, value: 65535 },
    ]
    expect(contrastOf(percentiles)).toEqual({ low: 90, high: 2000 })
  })

  test('of a thumbnail lets one hot pixel go', () => {
    const data = Uint16Array.from({ length: 2000 }, (_, i) => i)
    data[1999] = 65535
    expect(contrastOfSamples(data)).toEqual({ low: 2, high: 1997 })
  })
})
