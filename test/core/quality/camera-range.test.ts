import { describe, expect, test } from 'vitest'
import { cameraRange } from '#core/quality/camera-range.ts'
import { uniform } from '../../support/nuclei-field.ts'

/** A 16-bit plane of evenly spread counts up to `brightest`, cut off at `clip`. */
function clippedPlane(brightest: number, clip: number) {
  const random = uniform(1)
  const pixels = Uint16Array.from({ length: 40_000 }, () => Math.min(clip, brightest * random()))
  return { width: 200, height: 200, pixels, fullScale: 65535 }
}

describe('the range of a camera', () => {
  test.each([
    { name: 'ten bits', clip: 1023 },
    { name: 'twelve bits', clip: 4095 },
    { name: 'fourteen bits', clip: 16383 },
    { name: 'pixels that are full before the converter is', clip: 61_317 },
  ])('ends where the counts pile up: $name', ({ clip }) => {
    expect(cameraRange(clippedPlane(1.1 * clip, clip))).toBe(clip)
  })

  test('is the full scale where one pixel happens to have the largest count of twelve bits', () => {
    const plane = clippedPlane(3000, 65535)
    plane.pixels[17] = 4095
    expect(cameraRange(plane)).toBe(65535)
  })

  test('is the full scale of a dim plane, whatever its few counts pile up at', () => {
    expect(cameraRange(clippedPlane(40, 30))).toBe(65535)
  })

  test('is never more than the reader knew', () => {
    expect(cameraRange({ ...clippedPlane(4500, 4095), fullScale: 4000 })).toBe(4000)
  })

  test('of 8-bit and real planes is their full scale', () => {
    const pixels = Float32Array.of(0, 1, 1)
    expect(cameraRange({ width: 3, height: 1, pixels, fullScale: 1 })).toBe(1)
  })
})
