import { describe, expect, test } from 'vitest'
import type { Pixels } from '#core/image/plane.ts'
import { measureIntensity } from '#core/measure/intensity.ts'
import { findRuns } from '#core/measure/object-runs.ts'
import { labels } from '../../support/labels.ts'

const twoObjects = findRuns(
  labels(`
    11.2
    11.2
  `),
)

function intensities(pixels: Pixels, fullScale: number) {
  const plane = { width: 4, height: 2, pixels, fullScale }
  const columns = measureIntensity({ name: 'DNA', plane }, twoObjects)
  return Object.fromEntries(columns.map(({ name, values }) => [name, [...values]]))
}

describe('measureIntensity', () => {
  test('describes the pixels of each object, scaled by the range of the container', () => {
    const bright = intensities(Uint8Array.of(51, 0, 255, 102, 0, 51, 255, 204), 255)
    expect(bright['Intensity_MeanIntensity_DNA']![0]).toBeCloseTo(0.1, 12)
    expect(bright['Intensity_MeanIntensity_DNA']![1]).toBeCloseTo(0.6, 12)
    expect(bright['Intensity_MedianIntensity_DNA']).toEqual([0.1, 0.6])
    expect(bright['Intensity_IntegratedIntensity_DNA']).toEqual([0.4, 1.2])
    expect(bright['Intensity_StdIntensity_DNA']).toEqual([0.1, 0.2])
    expect(bright['Intensity_MinIntensity_DNA']).toEqual([0, 0.4])
    expect(bright['Intensity_MaxIntensity_DNA']).toEqual([0.2, 0.8])
  })

  test('scales a 12-bit camera by the 16-bit container, as CellProfiler does', () => {
    const full = intensities(new Uint16Array(8).fill(4095), 4095)
    expect(full['Intensity_MaxIntensity_DNA']).toEqual([4095 / 65535, 4095 / 65535])
  })

  test('takes float pixels as they are', () => {
    const dark = intensities(Float32Array.of(-1, 0, 9, 2, 0, 1, 9, 2), 1)
    expect(dark['Intensity_MeanIntensity_DNA']).toEqual([0, 2])
    expect(dark['Intensity_MinIntensity_DNA']).toEqual([-1, 2])
  })

  test('has no value for an object with a pixel that is not a number', () => {
    const broken = intensities(Float32Array.of(1, NaN, 9, 2, 0, 1, 9, 2), 1)
    for (const [one, other] of Object.values(broken)) {
      expect(one).toBeNaN()
      expect(other).not.toBeNaN()
    }
  })
})
