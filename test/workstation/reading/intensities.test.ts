import { describe, expect, test } from 'vitest'
import { toRaster } from '#workstation/reading/intensities.ts'
import type { SampleFormat } from '#workstation/reading/image-structure.ts'
import type { Samples } from '#workstation/reading/samples.ts'

function raster(sampleFormat: SampleFormat, bits: number, stored: Samples) {
  const page = { width: stored.length, height: 1, samples: 1, refusal: null }
  return toRaster('a.tif', { ...page, bits, sampleFormat }, stored)
}

describe('stored numbers as intensities', () => {
  test.each<{
    of: string
    format: SampleFormat
    bits: number
    stored: Samples
    pixels: unknown
    range: number
  }>([
    {
      of: '8 bits',
      format: 'unsigned',
      bits: 8,
      stored: Uint8Array.of(0, 255),
      pixels: Uint8Array.of(0, 255),
      range: 255,
    },
    {
      of: '12 bits',
      format: 'unsigned',
      bits: 12,
      stored: Uint16Array.of(4095),
      pixels: Uint16Array.of(4095),
      range: 4095,
    },
    {
      of: '32 bits',
      format: 'unsigned',
      bits: 32,
      stored: Uint32Array.of(0, 70_001, 2 ** 24),
      pixels: Float32Array.of(0, 70_001, 2 ** 24),
      range: 2 ** 32 - 1,
    },
    {
      of: 'signed 8 bits',
      format: 'signed',
      bits: 8,
      stored: Uint8Array.of(127, 128, 255),
      pixels: Float32Array.of(127, -128, -1),
      range: 127,
    },
    {
      of: 'signed 16 bits',
      format: 'signed',
      bits: 16,
      stored: Uint16Array.of(32_767, 32_768, 65_535),
      pixels: Float32Array.of(32_767, -32_768, -1),
      range: 32_767,
    },
    {
      of: 'signed 32 bits',
      format: 'signed',
      bits: 32,
      stored: Uint32Array.of(5, 2 ** 32 - 5),
      pixels: Float32Array.of(5, -5),
      range: 2 ** 31 - 1,
    },
    {
      of: 'real numbers of 32 bits',
      format: 'float',
      bits: 32,
      stored: Float32Array.of(-0.5, 7),
      pixels: Float32Array.of(-0.5, 7),
      range: 1,
    },
    {
      of: 'real numbers of 64 bits',
      format: 'float',
      bits: 64,
      stored: Float64Array.of(0.1, 1e300, NaN),
      pixels: Float32Array.of(0.1, Infinity, NaN),
      range: 1,
    },
  ])('$of', ({ format, bits, stored, pixels, range }) => {
    expect(raster(format, bits, stored)).toEqual({
      ok: true,
      value: { width: stored.length, height: 1, samples: 1, bits, range, pixels },
    })
  })

  test.each([
    { format: 'unsigned', stored: Uint32Array.of(1, 2 ** 24 + 1) },
    { format: 'signed', stored: Uint32Array.of(2 ** 31) },
  ] as const)('too large to be exact are refused: $format', ({ format, stored }) => {
    expect(raster(format, 32, stored)).toEqual({
      ok: false,
      fault: {
        kind: 'image-unsupported',
        path: 'a.tif',
        detail: '32-bit integers beyond 16777216',
      },
    })
  })
})
