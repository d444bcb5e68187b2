import { describe, expect, test } from 'vitest'
import { measureQuality } from '#core/quality/metrics.ts'
import { drawNucleiField, type NucleiField } from '../../support/nuclei-field.ts'

function covered(change: Partial<NucleiField>): number | null {
  return measureQuality.run(drawNucleiField(change), measureQuality.defaults).foreground_fraction
}

describe('the foreground', () => {
  test.each([5, 60, 1000, 10_000])('of an empty field of %d electrons is nothing', background => {
    expect(covered({ nuclei: 0, background })).toBeLessThan(0.0005)
  })

  test('of an empty field under a vignette is nothing', () => {
    const shading = (x: number, y: number): number => 1 - 0.25 * (x * x + y * y)
    expect(covered({ nuclei: 0, background: 1000, shading })).toBeLessThan(0.0005)
  })

  test.each([
    { name: 'bright', signal: 4000 },
    { name: 'ordinary', signal: 600 },
    { name: 'dim', signal: 60 },
  ])('is the area of $name nuclei, and a rim as wide as the smoothing', ({ signal }) => {
    // Twenty discs of radius 20 that hardly touch: a tenth of the field, a little cut off by its edges.
    const area = (20 * Math.PI * 20 ** 2) / 512 ** 2
    const share = covered({ nuclei: 20, radius: 20, signal })!
    expect(share / area).toBeGreaterThan(0.8)
    expect(share / area).toBeLessThan(1.25)
  })
})
