import { describe, expect, test } from 'vitest'
import { sharedArea, starPolygon } from '#core/derive/star-polygon.ts'
import { stardist, type StarMaps } from '#core/derive/stardist.ts'
import { labels } from '../../support/labels.ts'

interface Star {
  readonly x: number
  readonly y: number
  readonly probability: number
  /** The same along all rays. */
  readonly radius: number
}

function maps(stars: readonly Star[], rays = 32, step = 1): StarMaps {
  const [width, height] = [40, 30]
  const probability = new Float32Array(width * height)
  const distances = new Float32Array(rays * width * height)
  for (const star of stars) {
    const point = star.y * width + star.x
    probability[point] = star.probability
    for (let k = 0; k < rays; k += 1) distances[k * width * height + point] = star.radius
  }
  const field = { width: width * step, height: height * step }
  return { width, height, rays, probability, distances, field }
}

const count = (found: { readonly pixels: Uint32Array }, label: number): number =>
  found.pixels.reduce((sum, own) => sum + (own === label ? 1 : 0), 0)

describe('stardist', () => {
  test('draws rays from the x axis towards growing y', () => {
    const { distances, ...rest } = maps([{ x: 5, y: 5, probability: 0.9, radius: 1 }], 4)
    // Right, down, left, up.
    ;[4, 3, 2, 1].forEach((distance, k) => {
      distances[k * 40 * 30 + 5 * 40 + 5] = distance
    })
    const found = stardist.run({ ...rest, distances }, stardist.defaults)
    const row = (y: number): number => found.pixels.subarray(y * 40, y * 40 + 40).indexOf(1)
    expect(row(4)).toBe(5)
    expect(row(3)).toBe(-1)
    expect(row(5)).toBe(3)
    expect(found.pixels[5 * 40 + 9]).toBe(1)
    expect(found.pixels[8 * 40 + 5]).toBe(1)
    expect(found.pixels[9 * 40 + 5]).toBe(0)
  })

  test('keeps the more probable of two that share much', () => {
    const far = { x: 22, y: 10, probability: 0.6, radius: 6 }
    const near = { x: 14, y: 10, probability: 0.7, radius: 6 }
    const best = { x: 12, y: 10, probability: 0.9, radius: 6 }
    const found = stardist.run(maps([far, near, best]), stardist.defaults)
    expect(found.count).toBe(2)
    expect(
      stardist.run(maps([far, near, best]), { ...stardist.defaults, overlapThreshold: 0.95 }).count,
    ).toBe(3)
    // 12 and 22 overlap a little; the pixels between are the more probable one's.
    expect(found.pixels[10 * 40 + 17]).toBe(found.pixels[10 * 40 + 12])
    expect(count(found, 1)).toBeGreaterThan(count(found, 2))
  })

  test('measures what is shared by the smaller of the two', () => {
    const large = { x: 15, y: 14, probability: 0.9, radius: 10 }
    const within = { x: 19, y: 14, probability: 0.8, radius: 3 }
    expect(stardist.run(maps([large, within]), stardist.defaults).count).toBe(1)
  })

  test('takes no candidate below the threshold or at the border', () => {
    const stars = [
      { x: 1, y: 10, probability: 0.9, radius: 4 },
      { x: 20, y: 10, probability: 0.5, radius: 4 },
    ]
    expect(stardist.run(maps(stars), stardist.defaults).count).toBe(0)
    expect(stardist.run(maps(stars), { ...stardist.defaults, border: 0 }).count).toBe(1)
    expect(
      stardist.run(maps(stars), { ...stardist.defaults, probabilityThreshold: 0.4 }).count,
    ).toBe(1)
  })

  test('places points of a coarser grid in the field', () => {
    const stars = [{ x: 12, y: 10, probability: 0.9, radius: 6 }]
    const found = stardist.run(maps(stars, 32, 2), { ...stardist.defaults, grid: [2, 2] })
    expect(found).toMatchObject({ width: 80, height: 60, count: 1 })
    expect(found.pixels[20 * 80 + 24]).toBe(1)
    expect(Math.abs(count(found, 1) / (Math.PI * 36) - 1)).toBeLessThan(0.06)
  })

  test('cuts polygons at the border of the field', () => {
    const found = stardist.run(
      maps([{ x: 3, y: 3, probability: 0.9, radius: 8 }]),
      stardist.defaults,
    )
    expect(found.pixels[0]).toBe(1)
  })
})

describe('sharedArea', () => {
  const square = (x: number, y: number, side: number) => [
    x,
    y,
    x + side,
    y,
    x + side,
    y + side,
    x,
    y + side,
  ]

  test.each([
    { name: 'of a square with itself', other: square(0, 0, 4), area: 16 },
    { name: 'of two that share a corner', other: square(3, 3, 4), area: 1 },
    { name: 'of two that share a side', other: square(4, 0, 4), area: 0 },
    { name: 'of one within the other', other: square(1, 1, 2), area: 4 },
    { name: 'the other way around', other: [3, 3, 3, 7, 7, 7, 7, 3], area: 1 },
    // An arrow head that points right, its notch on the left.
    { name: 'of one that is not convex', other: [0, 0, 4, 2, 0, 4, 2, 2], area: 4 },
  ])('is exact $name', ({ other, area }) => {
    expect(sharedArea(square(0, 0, 4), { x: 1.3, y: 2.1 }, other)).toBeCloseTo(area)
    expect(sharedArea(other, { x: 3.5, y: 2.5 }, square(0, 0, 4))).toBeCloseTo(area)
  })

  test('is that of a disc cut by another, for many rays', () => {
    const rays = new Float32Array(256).fill(10)
    const a = starPolygon(0, 0, rays)
    const b = starPolygon(10, 0, rays)
    // Two discs whose centres lie on each other's rim: (2π/3 − √3/2) r².
    const lens = ((2 * Math.PI) / 3 - Math.sqrt(3) / 2) * 100
    expect(sharedArea(a.corners, a, b.corners) / lens).toBeCloseTo(1, 2)
  })
})

test('stardist finds nothing in maps of nothing', () => {
  const none = {
    width: 0,
    height: 0,
    rays: 4,
    probability: new Float32Array(0),
    distances: new Float32Array(0),
  }
  const found = stardist.run({ ...none, field: { width: 3, height: 1 } }, stardist.defaults)
  expect(found).toEqual(labels('...'))
})
