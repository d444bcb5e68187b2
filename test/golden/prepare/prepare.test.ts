import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Pixels } from '#core/image/plane.ts'
import { percentiles } from '#core/prepare/percentiles.ts'
import { rescale, type ImageSize } from '#core/prepare/rescale.ts'

interface Golden {
  readonly ranked: readonly {
    readonly type: 'uint8' | 'uint16' | 'float32'
    readonly pixels: readonly (number | string)[]
    readonly percents: readonly number[]
    readonly values: readonly number[]
  }[]
  readonly resized: readonly (ImageSize & {
    readonly size: ImageSize
    readonly pixels: readonly number[]
    readonly resized: readonly number[]
  })[]
}

const golden = JSON.parse(readFileSync(new URL('prepare.json', import.meta.url), 'utf8')) as Golden

const WORDS: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, '-inf': -Infinity }

function pixelsOf(
  type: 'uint8' | 'uint16' | 'float32',
  listed: readonly (number | string)[],
): Pixels {
  const values = listed.map(value => (typeof value === 'string' ? WORDS[value]! : value))
  if (type === 'float32') return Float32Array.from(values)
  return type === 'uint8' ? Uint8Array.from(values) : Uint16Array.from(values)
}

describe('percentiles against numpy.percentile', () => {
  test.each(golden.ranked)(
    '$pixels.length pixels of $type',
    ({ type, pixels, percents, values }) => {
      const found = percentiles(pixelsOf(type, pixels), percents)
      for (const [i, value] of values.entries()) expect(found[i]).toBeCloseTo(value, 10)
    },
  )
})

describe('rescale against cv2.resize (INTER_AREA smaller, INTER_LINEAR larger)', () => {
  test.each(golden.resized)(
    '$width × $height to $size',
    ({ width, height, size, pixels, resized }) => {
      const result = rescale({ width, height, pixels: Float32Array.from(pixels) }, size)
      expect(result).toMatchObject(size)
      expect(result.pixels).toHaveLength(resized.length)
      // OpenCV's weights and sums are float32: some 10 roundings of 2⁻²⁴ on values below 4000.
      for (const [i, value] of resized.entries()) {
        expect(Math.abs(result.pixels[i]! - value)).toBeLessThan(4000 * 10 * 2 ** -24)
      }
    },
  )
})
