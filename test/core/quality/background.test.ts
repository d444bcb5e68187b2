import { describe, expect, test } from 'vitest'
import { measureQuality } from '#core/quality/metrics.ts'
import { drawNucleiField, type NucleiField } from '../../support/nuclei-field.ts'

function measure(change: Partial<NucleiField>) {
  return measureQuality.run(drawNucleiField(change), measureQuality.defaults)
}

/** Falls with the square of the distance from the middle, by `depth` at half the diagonal. */
const vignette =
  (depth: number): NucleiField['shading'] =>
  (x, y) =>
    1 - (depth * (x * x + y * y)) / 2

describe('the background', () => {
  test.each([
    { name: 'an empty field', nuclei: 0 },
    { name: 'some nuclei', nuclei: 60 },
    { name: 'a crowd', nuclei: 200 },
  ])('has the level between the objects, by the container’s range: $name', ({ nuclei }) => {
    // 60 electrons and an offset of 100, one count each.
    expect(measure({ nuclei }).background_level! * 65535).toBeCloseTo(160, -1)
  })
})

describe('the unevenness of illumination', () => {
  test.each([
    { name: 'no nuclei', change: { nuclei: 0 } },
    { name: 'nuclei everywhere', change: { nuclei: 200 } },
    { name: 'bright nuclei', change: { signal: 5000 } },
    { name: 'blurred nuclei', change: { blur: 6 } },
  ])('is small under even light, with $name', ({ change }) => {
    expect(measure(change).illumination_unevenness).toBeLessThan(0.1)
  })

  test('does not ask where the cells lie', () => {
    const empty = drawNucleiField({ nuclei: 0 })
    const crowd = drawNucleiField({ nuclei: 200 })
    const pixels = Uint16Array.from(empty.pixels, (count, i) =>
      i % 512 < 170 ? crowd.pixels[i]! : count,
    )
    const metrics = measureQuality.run({ ...empty, pixels }, measureQuality.defaults)
    expect(metrics.illumination_unevenness).toBeLessThan(0.15)
  })

  test.each([
    { background: 60, nuclei: 60 },
    { background: 1000, nuclei: 60 },
    { background: 1000, nuclei: 0 },
    { background: 60, nuclei: 200 },
  ])(
    'is the light that is lost, camera offset or not: $nuclei nuclei on $background electrons',
    ({ background, nuclei }) => {
      for (const depth of [0.25, 0.5]) {
        // Seen to the middles of the outermost cells, at seven eighths of the way to the corner.
        const lost = (measure({ background, nuclei, shading: vignette(depth) })
          .illumination_unevenness ?? NaN) as number
        expect(lost).toBeGreaterThan(0.6 * depth)
        expect(lost).toBeLessThan(depth)
      }
    },
  )

  test('of a field too small for nine cells is not known', () => {
    expect(measure({ width: 64, height: 64, nuclei: 1 }).illumination_unevenness).toBeNull()
  })
})
