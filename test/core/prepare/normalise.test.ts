import { describe, expect, test } from 'vitest'
import type { Pixels } from '#core/image/plane.ts'
import { momentsOf, normaliseStage, type NormaliseParams } from '#core/prepare/normalise.ts'

function normalised(pixels: Pixels, params: NormaliseParams): number[] {
  const plane = { width: pixels.length, height: 1, pixels, fullScale: 65535 }
  return [...normaliseStage.run(plane, params).pixels]
}

const range = { by: 'percentiles', low: 0, high: 100, eps: 0, clip: false } as const

describe('a plane', () => {
  test('goes from 0 to 1 between its percentiles, and beyond', () => {
    const pixels = Uint16Array.of(100, 200, 300, 400, 500)
    expect(normalised(pixels, range)).toEqual([0, 0.25, 0.5, 0.75, 1])
    expect(normalised(pixels, { ...range, low: 25, high: 75 })).toEqual([-0.5, 0, 0.5, 1, 1.5])
    expect(normalised(pixels, { ...range, low: 25, high: 75, clip: true })).toEqual([
      0, 0, 0.5, 1, 1,
    ])
  })

  test('goes between the counts of its plate', () => {
    const params = { by: 'counts', low: 100, high: 300, eps: 0, clip: false } as const
    expect(normalised(Uint8Array.of(100, 150, 250), params)).toEqual([0, 0.25, 0.75])
  })

  test('gets mean 0 and deviation 1', () => {
    const [first, last] = normalised(Uint8Array.of(10, 30), { by: 'z-score', eps: 0, given: null })
    expect([first, last]).toEqual([-1, 1])
    const given = { mean: 20, deviation: 5 }
    expect(normalised(Uint8Array.of(10, 30), { by: 'z-score', eps: 0, given })).toEqual([-2, 2])
  })

  test.each([range, { by: 'z-score', eps: 0, given: null }] as const)(
    'that is constant becomes 0 by $by even without an epsilon',
    params => {
      expect(normalised(Uint16Array.of(7, 7, 7), params)).toEqual([0, 0, 0])
    },
  )

  test('keeps what is not finite from deciding, and has none afterwards', () => {
    const pixels = Float32Array.of(0, NaN, 2, Infinity, 4)
    expect(normalised(pixels, range)).toEqual([0, 0, 0.5, 1, 1])
  })

  test('without a finite pixel becomes 0', () => {
    expect(normalised(Float32Array.of(NaN, Infinity), range)).toEqual([0, 0])
    expect(normalised(Float32Array.of(NaN), { by: 'z-score', eps: 0, given: null })).toEqual([0])
  })
})

test('momentsOf keeps a small deviation beside a large mean', () => {
  expect(momentsOf({ pixels: Float32Array.of(60_000, 60_002, NaN) })).toEqual({
    mean: 60_001,
    deviation: 1,
  })
})
