import fc from 'fast-check'
import { expect, test } from 'vitest'
import { doubleArea, sharedArea, starPolygon, type StarPolygon } from '#core/derive/star-polygon.ts'
import { suppressOverlapping } from '#core/derive/suppress-overlapping.ts'

const field = { width: 120, height: 90 }

/** By the definition: everything against everything that was kept. */
function suppressPlainly(polygons: readonly StarPolygon[], threshold: number): StarPolygon[] {
  const cut = ({ corners }: StarPolygon) => Int32Array.from(corners, Math.trunc)
  const area = (polygon: StarPolygon) => Math.abs(doubleArea(cut(polygon))) / 2
  const kept: StarPolygon[] = []
  for (const one of polygons) {
    const isDropped = kept.some(other => {
      const limit = threshold * (Math.min(area(one), area(other)) + 1e-10)
      return sharedArea(cut(other), other, cut(one)) > limit
    })
    if (!isDropped) kept.push(one)
  }
  return kept
}

/** Rays of all lengths, so that cutting corners to whole pixels folds some polygons over. */
const polygon = fc
  .record({
    x: fc.nat(field.width - 1),
    y: fc.nat(field.height - 1),
    rays: fc.array(fc.float({ min: Math.fround(0.001), max: 25, noNaN: true }), {
      minLength: 12,
      maxLength: 12,
    }),
    round: fc.option(fc.integer({ min: 1, max: 25 })),
  })
  .map(({ x, y, rays, round }) => {
    const distances = Float32Array.from(rays, ray => (round === null ? ray : round + ray / 20))
    return starPolygon(x, y, distances)
  })

test('keeps what its definition keeps', () => {
  fc.assert(
    fc.property(
      fc.array(polygon, { maxLength: 40 }),
      fc.constantFrom(0, 0.1, 0.4, 0.8, 1),
      (polygons, threshold) => {
        const candidates = { count: polygons.length, field, polygonOf: (i: number) => polygons[i]! }
        const kept = suppressOverlapping(candidates, threshold)
        expect(kept).toEqual(suppressPlainly(polygons, threshold))
      },
    ),
    { numRuns: 400 },
  )
})

test('holds on to what it keeps when the next polygon comes in the same place', () => {
  const corners = new Float32Array(16)
  const distances = new Float32Array(8).fill(5)
  const candidates = {
    ...{ count: 3, field },
    polygonOf: (i: number) => starPolygon(20 + 30 * i, 20, distances, undefined, corners),
  }
  const kept = suppressOverlapping(candidates, 0.4)
  expect(kept.map(({ x }) => x)).toEqual([20, 50, 80])
  expect(kept.map(({ corners: own }) => own[0])).toEqual([25, 55, 85])
})
