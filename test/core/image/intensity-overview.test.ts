import { describe, expect, test } from 'vitest'
import { histogramOf } from '#core/image/histogram.ts'
import { overviewIntensities } from '#core/image/intensity-overview.ts'
import type { Pixels } from '#core/image/plane.ts'

function overview(pixels: Pixels) {
  return overviewIntensities(histogramOf(pixels))
}

describe('the intensities of a plane', () => {
  test('are told by values that shares of the pixels lie below', () => {
    const { percentiles } = overview(Uint16Array.from({ length: 1001 }, (_, i) => 3 * i))
    const values = Object.fromEntries(percentiles.map(({ percent, value }) => [percent, value]))
    expect(values).toMatchObject({ 0: 0, 0.1: 3, 1: 30, 50: 1500, 99.9: 2997, 100: 3000 })
  })

  test('fill 256 equal bins from the lowest to the highest value', () => {
    const { bins } = overview(Uint16Array.of(100, 100, 101, 228, 355, 356))
    expect(bins.length).toBe(256)
    expect([bins[0], bins[1], bins[128], bins[255]]).toEqual([2, 1, 1, 2])
  })

  test('that are all the same fill the first bin', () => {
    const { bins, percentiles } = overview(Uint8Array.of(7, 7, 7))
    expect(bins[0]).toBe(3)
    expect(percentiles.every(({ value }) => value === 7)).toBe(true)
  })

  test('leave out what is not finite, and say nothing where nothing is', () => {
    expect(overview(Float32Array.of(NaN, 2, 4)).bins.reduce((a, b) => a + b)).toBe(2)
    expect(overview(Float32Array.of(NaN, Infinity)).percentiles).toEqual([])
  })
})
