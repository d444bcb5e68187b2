import { describe, expect, test } from 'vitest'
import { measureQuality } from '#core/quality/metrics.ts'
import { drawNucleiField, type NucleiField } from '../../support/nuclei-field.ts'

function sharpness(change: Partial<NucleiField>): number | null {
  return measureQuality.run(drawNucleiField(change), measureQuality.defaults).edge_sharpness
}

/** s²/(2(s² + b²)) with s = 1.5, for edges blurred by b pixels. */
function expected(blur: number): number {
  return 1.5 ** 2 / (2 * (1.5 ** 2 + blur ** 2))
}

describe('the sharpness of edges', () => {
  test.each([
    { name: 'bright', signal: 4000 },
    { name: 'ordinary', signal: 600 },
    { name: 'dim', signal: 60 },
  ])('falls with every step of defocus in a $name field', ({ signal }) => {
    const curve = [0.7, 1.5, 3, 5, 8].map(blur => sharpness({ signal, blur }) ?? NaN)
    for (let i = 1; i < curve.length; i += 1) expect(curve[i]).toBeLessThan(curve[i - 1]!)
  })

  test.each([
    { name: 'bright nuclei', change: { signal: 4000 } },
    { name: 'dim nuclei', change: { signal: 60 } },
    { name: 'a crowd', change: { nuclei: 200 } },
    { name: 'eight nuclei', change: { nuclei: 8 } },
    { name: 'large nuclei', change: { radius: 20, nuclei: 25 } },
    { name: 'another camera', change: { gain: 0.3, offset: 400, readNoise: 5 } },
    { name: 'uneven light', change: { shading: (x: number) => 0.7 - 0.3 * x } },
  ])('tells the width of the edges and nothing else: $name', ({ change }) => {
    for (const blur of [1, 3]) {
      // Discs are round and lie on each other, which straight edges do not: a quarter either way.
      const ratio = (sharpness({ ...change, blur }) ?? NaN) / expected(blur)
      expect(ratio).toBeGreaterThan(0.75)
      expect(ratio).toBeLessThan(1.25)
    }
  })

  test.each([5, 60, 1000, 10_000])('of an empty field of %d electrons is not known', background => {
    expect(sharpness({ nuclei: 0, background })).toBeNull()
  })

  test('of nuclei lost in noise is not known', () => {
    expect(sharpness({ signal: 6, blur: 4 })).toBeNull()
  })

  test('is not decided by a few bright specks in a blurred field', () => {
    const plane = drawNucleiField({ blur: 8, signal: 2000 })
    const blurred = measureQuality.run(plane, measureQuality.defaults).edge_sharpness!
    const pixels = plane.pixels.slice()
    for (let speck = 0; speck < 20; speck += 1) pixels[(speck * 12_979) % pixels.length] = 60_000
    const specked = measureQuality.run({ ...plane, pixels }, measureQuality.defaults)
    expect(specked.edge_sharpness! / blurred).toBeLessThan(1.5)
  })
})

describe('the share of blurred edges', () => {
  test.each([
    { name: 'is small in a sharp field', blur: 1, least: 0, most: 0.02 },
    { name: 'is small in a field that is blurred all over', blur: 4, least: 0, most: 0.05 },
  ])('$name', ({ blur, most }) => {
    const metrics = measureQuality.run(drawNucleiField({ blur }), measureQuality.defaults)
    expect(metrics.edge_blurred_share).toBeLessThan(most)
  })

  test('is the blurred part of a field that is half in focus', () => {
    const sharp = drawNucleiField({ blur: 1 })
    const blurred = drawNucleiField({ blur: 8, signal: 2000 })
    const half = sharp.pixels.length / 2
    const pixels = Uint16Array.from(sharp.pixels, (count, i) =>
      i < half ? count : blurred.pixels[i]!,
    )
    const metrics = measureQuality.run({ ...sharp, pixels }, measureQuality.defaults)
    expect(metrics.edge_blurred_share).toBeGreaterThan(0.35)
  })
})
