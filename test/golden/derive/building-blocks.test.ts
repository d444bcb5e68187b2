import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { labelComponents } from '#core/derive/connected-components.ts'
import { distanceTransform } from '#core/derive/distance-transform.ts'
import { fillHoles } from '#core/derive/fill-holes.ts'
import { otsuLevel } from '#core/derive/otsu.ts'
import { watershed } from '#core/derive/watershed.ts'

interface Expected {
  readonly width: number
  readonly height: number
  readonly image: readonly number[]
  readonly otsu: number
  readonly mask: readonly number[]
  readonly components4: readonly number[]
  readonly components8: readonly number[]
  readonly filled: readonly number[]
  readonly squaredDistance: readonly number[]
  readonly landscape: readonly number[]
  readonly seeds: readonly number[]
  readonly floodMask: readonly number[]
  readonly watershed: readonly number[]
}

const expected = JSON.parse(
  readFileSync(new URL('building-blocks.json', import.meta.url), 'utf8'),
) as Expected
const { width, height } = expected
const mask = { width, height, pixels: Uint8Array.from(expected.mask) }

// All of these are whole numbers or exact, so nothing is tolerated.
describe('building blocks against scipy.ndimage and scikit-image 0.19.3', () => {
  test('finds the Otsu threshold of an 8-bit image', () => {
    const counts = new Uint32Array(256)
    for (const value of expected.image) counts[value]! += 1
    expect(otsuLevel(counts)).toBe(expected.otsu)
  })

  test.each([
    { connectivity: 4, components: expected.components4 },
    { connectivity: 8, components: expected.components8 },
  ] as const)('numbers components joined through $connectivity neighbours', ({ connectivity, components }) => {
    const labels = labelComponents(mask, connectivity)
    expect([...labels.pixels]).toEqual(components)
    expect(labels.count).toBe(Math.max(...components))
  })

  test('fills holes', () => {
    expect([...fillHoles(mask).pixels]).toEqual(expected.filled)
  })

  test('measures the Euclidean distance to the background', () => {
    const squared = distanceTransform(mask).pixels.map(d => Math.round(d * d))
    expect([...squared]).toEqual(expected.squaredDistance)
  })

  test('floods from seeds inside a mask', () => {
    const pixels = Uint32Array.from(expected.seeds)
    const seeds = { width, height, pixels, count: Math.max(...expected.seeds) }
    const landscape = { width, height, pixels: Uint16Array.from(expected.landscape) }
    const floodMask = { width, height, pixels: Uint8Array.from(expected.floodMask) }
    expect([...watershed(landscape, seeds, floodMask).pixels]).toEqual(expected.watershed)
  })
})
