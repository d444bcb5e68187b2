import { expect, test } from 'vitest'
import { toPlane } from '#workstation/reading/to-plane.ts'

test('gray stays as it is, with the full scale of its container', () => {
  const pixels = Uint16Array.of(1, 2)
  const plane = toPlane({ width: 2, height: 1, samples: 1, bits: 16, range: 65535, pixels })
  expect(plane).toEqual({ width: 2, height: 1, pixels, fullScale: 65535 })
  expect(plane.pixels).toBe(pixels)
})

test('twelve bits have a full scale of 4095, not that of the array', () => {
  const pixels = Uint16Array.of(4095)
  expect(
    toPlane({ width: 1, height: 1, samples: 1, bits: 12, range: 4095, pixels }).fullScale,
  ).toBe(4095)
})

test('float has a full scale of 1', () => {
  const pixels = Float32Array.of(0.5)
  expect(toPlane({ width: 1, height: 1, samples: 1, bits: 32, range: 1, pixels }).fullScale).toBe(1)
})

test('gray and alpha become gray', () => {
  const pixels = Uint8Array.of(10, 255, 20, 0)
  const plane = toPlane({ width: 2, height: 1, samples: 2, bits: 8, range: 255, pixels })
  expect(plane).toEqual({ width: 2, height: 1, pixels: Uint8Array.of(10, 20), fullScale: 255 })
  expect([...pixels]).toEqual([10, 255, 20, 0])
})

// skimage.color.rgb2gray of skimage 0.19 on the same pixels; float32 keeps seven digits.
test.each([
  { name: '8-bit RGB', samples: 3, bits: 8, pixels: Uint8Array.of(255, 128, 7, 0, 0, 255) },
  { name: '8-bit RGBA', samples: 4, bits: 8, pixels: Uint8Array.of(255, 128, 7, 9, 0, 0, 255, 9) },
])('$name becomes luminance from 0 to 1', ({ samples, bits, pixels }) => {
  const plane = toPlane({ width: 2, height: 1, samples, bits, range: 255, pixels })
  expect(plane.fullScale).toBe(1)
  expect(plane.pixels).toBeInstanceOf(Float32Array)
  expect(plane.pixels[0]).toBeCloseTo(0.5735819607843137, 7)
  expect(plane.pixels[1]).toBeCloseTo(0.0721, 7)
})

test('16-bit white is 1', () => {
  const pixels = Uint16Array.of(65535, 65535, 65535)
  const plane = toPlane({ width: 1, height: 1, samples: 3, bits: 16, range: 65535, pixels })
  expect(plane.pixels[0]).toBeCloseTo(1, 7)
})

test('what the image declares is the full scale of counts', () => {
  const page = { width: 1, height: 1, samples: 1, bits: 16, range: 65535 }
  expect(toPlane({ ...page, pixels: Uint16Array.of(7) }, 4095).fullScale).toBe(4095)
  const real = { ...page, bits: 32, range: 1, pixels: Float32Array.of(0.5) }
  expect(toPlane(real, 4095).fullScale).toBe(1)
})

test('where one colour is at its end, the pixel is clipped, however dark it looks', () => {
  const page = { width: 3, height: 1, samples: 3, bits: 8, range: 255 }
  const plane = toPlane({ ...page, pixels: Uint8Array.of(9, 8, 255, 254, 254, 254, 255, 0, 0) })
  expect(plane.clipped).toEqual(Uint8Array.of(1, 0, 1))
  expect(Math.max(...plane.pixels)).toBeLessThan(1)
})
