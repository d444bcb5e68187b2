import { describe, expect, test } from 'vitest'
import { factorFor, networkScale, nextFactor } from '#core/derive/network-scale.ts'
import { typicalDiameter } from '#core/derive/typical-diameter.ts'
import type { Plane } from '#core/image/plane.ts'
import { PLATE_OBJECTIVE } from '#core/simulate/optics.ts'
import { simulateField } from '#core/simulate/simulate-field.ts'
import { drawNucleiField } from '../../support/nuclei-field.ts'
import { fieldOrder } from '../../support/simulated-field.ts'

const guess = (plane: Plane, change: { pixelSize?: number; given?: number } = {}): number | null =>
  networkScale({ plane, pixelSize: change.pixelSize ?? null, given: change.given ?? null })

const empty = drawNucleiField({ width: 200, height: 200, nuclei: 0 })

describe('networkScale', () => {
  test.each([4, 10, 16, 30])('finds the diameter of nuclei of radius %i', radius => {
    const nuclei = Math.round(12_000 / (radius * radius))
    const found = guess(drawNucleiField({ radius, nuclei, width: 400, height: 400 }))!
    expect(found / (2 * radius)).toBeGreaterThan(0.85)
    expect(found / (2 * radius)).toBeLessThan(1.2)
  })

  test.each([0.4, 1, 3])('follows a magnification of %f', magnification => {
    const order = fieldOrder({ size: Math.max(200, Math.round(160 * magnification)) })
    const pixelSize = PLATE_OBJECTIVE.pixelSize / magnification
    const field = simulateField({ ...order, optics: { ...PLATE_OBJECTIVE, pixelSize } })
    const truth = typicalDiameter(field.labels)!
    const found = guess(field.planes[0]!.plane)!
    expect(found / truth).toBeGreaterThan(0.8)
    expect(found / truth).toBeLessThan(1.25)
  })

  test.each([
    { radius: 18, nuclei: 300 },
    { radius: 4, nuclei: 2000 },
  ])('finds nuclei of radius $radius in an image of many pixels', ({ radius, nuclei }) => {
    const found = guess(drawNucleiField({ radius, nuclei, width: 1300, height: 1100 }))!
    expect(found / (2 * radius)).toBeGreaterThan(0.85)
    expect(found / (2 * radius)).toBeLessThan(1.2)
  })

  test.each([400, 900, 1500])('finds small nuclei behind a large haze of brightness %i', haze => {
    const plane = drawNucleiField({ width: 256, height: 256, radius: 5, nuclei: 40 })
    const pixels = plane.pixels.map((value, i) => {
      const distance = Math.hypot((i % 256) - 60, Math.floor(i / 256) - 60)
      return value + haze * Math.exp(-0.5 * (distance / 45) ** 2)
    })
    const found = guess({ ...plane, pixels })!
    expect(Math.abs(found - 10)).toBeLessThan(2)
  })

  test('takes what the recipe says without looking', () => {
    expect(guess(empty, { given: 37, pixelSize: 0.1 })).toBe(37)
  })

  test('knows nothing of an empty field, or an ordinary nucleus where it knows the pixel size', () => {
    expect(guess(empty)).toBeNull()
    expect(guess(empty, { pixelSize: 0.5 })).toBeCloseTo(Math.sqrt(5 * 40) / 0.5)
  })

  test('does not believe in nuclei of no cell', () => {
    const plane = drawNucleiField({ radius: 10, width: 300, height: 300 })
    const ordinary = Math.sqrt(5 * 40)
    expect(guess(plane, { pixelSize: 0.6 })).toBe(guess(plane))
    expect(guess(plane, { pixelSize: 0.1 })).toBeCloseTo(ordinary / 0.1)
    expect(guess(plane, { pixelSize: 4 })).toBeCloseTo(ordinary / 4)
  })
})

describe('nextFactor', () => {
  test.each([17, 20, 24])('is satisfied with %i for 20', found => {
    expect(nextFactor(0.5, found, 20)).toBeNull()
  })

  test('makes objects as large as the network expects', () => {
    expect(nextFactor(0.5, 40, 20)).toBe(0.25)
    expect(nextFactor(0.5, 10, 20)).toBe(1)
  })

  test('does not move where nothing was found', () => {
    expect(nextFactor(1, null, 20)).toBeNull()
  })

  test('goes only so far, and not twice to the same place', () => {
    expect(nextFactor(4, 2, 20)).toBe(5)
    expect(nextFactor(5, 2, 20)).toBeNull()
    expect(nextFactor(0.2, 90, 20)).toBe(0.1)
  })
})

test('a factor is bounded', () => {
  expect([1, 20, 1000].map(diameter => factorFor(diameter, 20))).toEqual([5, 1, 0.1])
})
