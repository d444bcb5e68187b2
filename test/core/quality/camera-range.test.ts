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

  test('is what the file declares where nothing piles up', () => {
    expect(cameraRange({ ...clippedPlane(3000, 65535), fullScale: 4095 })).toBe(4095)
  })

  test('is not what the file declares where pixels lie beyond it', () => {
    expect(cameraRange({ ...clippedPlane(4500, 65535), fullScale: 4000 })).toBe(65535)
    expect(cameraRange({ ...clippedPlane(4500, 4095), fullScale: 4000 })).toBe(4095)
  })

  test('is told in spite of an offset that was taken off', () => {
    const plane = clippedPlane(4500, 4095)
    const pixels = plane.pixels.map(value => Math.max(0, value - 100))
    expect(cameraRange({ ...plane, pixels })).toBe(3995)
  })

  test('is not where a few hot pixels stand', () => {
    const plane = clippedPlane(900, 65535)
    for (let i = 0; i < 9; i += 1) plane.pixels[100 * i] = 4095
    expect(cameraRange(plane)).toBe(65535)
    expect(cameraRange({ ...plane, fullScale: 4095 })).toBe(4095)
  })

  test('of 8-bit and real planes is their full scale', () => {
    const pixels = Float32Array.of(0, 1, 1)
    expect(cameraRange({ width: 3, height: 1, pixels, fullScale: 1 })).toBe(1)
  })
})

describe('the range of a camera of few bits whose counts are in the upper ones of sixteen', () => {
  function shifted(brightest: number, clip: number, bits: number) {
    const plane = clippedPlane(brightest, clip)
    return { ...plane, pixels: plane.pixels.map(value => value << (16 - bits)) }
  }

  test.each([
    { bits: 10, top: 65_472 },
    { bits: 12, top: 65_520 },
    { bits: 14, top: 65_532 },
  ])('ends at the last multiple: $bits bits, $top', ({ bits, top }) => {
    const most = 2 ** bits - 1
    expect(cameraRange(shifted(1.1 * most, most, bits))).toBe(top)
    expect(cameraRange(shifted(0.5 * most, most, bits))).toBe(top)
  })

  test('is not where the sparser counts of a bright ground are no rarer than their neighbours', () => {
    const plane = shifted(2000, 4095, 12)
    expect(Math.max(...plane.pixels)).toBeLessThan(65_520)
    expect(cameraRange(plane)).toBe(65_520)
  })

  test('is the container where there are too few counts to tell', () => {
    const pixels = new Uint16Array(100).fill(512)
    expect(cameraRange({ width: 10, height: 10, pixels, fullScale: 65535 })).toBe(65535)
  })
})

describe('the range of real numbers', () => {
  test('is found where they are counts that pile up', () => {
    const plane = clippedPlane(4500, 4095)
    expect(cameraRange({ ...plane, pixels: Float32Array.from(plane.pixels), fullScale: 1 })).toBe(
      4095,
    )
  })

  test('is not known where they lie beyond 1 and pile up nowhere', () => {
    const plane = clippedPlane(3000, 65535)
    const counts = Float32Array.from(plane.pixels)
    const shares = counts.map(value => value / 1000)
    for (const pixels of [counts, shares]) {
      expect(cameraRange({ ...plane, pixels, fullScale: 1 })).toBeNull()
    }
  })

  test('is that of the counts that were stored: 32 bits, or signed ones', () => {
    const plane = clippedPlane(3000, 65535)
    const pixels = Float32Array.from(plane.pixels)
    for (const fullScale of [2 ** 32 - 1, 32_767]) {
      expect(cameraRange({ ...plane, pixels, fullScale })).toBe(fullScale)
    }
  })
})
