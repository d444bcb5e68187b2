import { describe, expect, test } from 'vitest'
import { flowError, flowsOf } from '#core/derive/flow-error.ts'
import { flows } from '#core/derive/flows.ts'
import type { Labels } from '#core/image/labels.ts'
import { labels } from '../../support/labels.ts'

interface Ellipse {
  readonly x: number
  readonly y: number
  readonly a: number
  readonly b: number
}

const WIDTH = 120
const HEIGHT = 90

function draw(ellipses: readonly Ellipse[]): Labels {
  const pixels = new Uint32Array(WIDTH * HEIGHT)
  ellipses.forEach(({ x, y, a, b }, k) => {
    for (let i = 0; i < pixels.length; i += 1) {
      const u = ((i % WIDTH) - x) / a
      const v = (Math.floor(i / WIDTH) - y) / b
      if (u * u + v * v < 1 && pixels[i] === 0) pixels[i] = k + 1
    }
  })
  return { width: WIDTH, height: HEIGHT, pixels, count: ellipses.length }
}

/** What a network that makes no mistake would say. */
function mapsOf(truth: Labels) {
  const { down, across } = flowsOf(truth)
  const { width, height, pixels } = truth
  return {
    width,
    height,
    down: down.map(flow => 5 * flow),
    across: across.map(flow => 5 * flow),
    cell: Float32Array.from(pixels, label => (label === 0 ? 0.1 : 0.9)),
  }
}

/** Intersection over union of each object with the one found at its first pixel's place, smallest first. */
function overlaps(found: Labels, truth: Labels): number[] {
  return Array.from({ length: truth.count }, (_, k) => {
    const votes = new Map<number, number>()
    let area = 0
    truth.pixels.forEach((label, i) => {
      if (label !== k + 1) return
      area += 1
      votes.set(found.pixels[i]!, (votes.get(found.pixels[i]!) ?? 0) + 1)
    })
    const [own, both] = [...votes].reduce((best, vote) => (vote[1] > best[1] ? vote : best))
    const other = found.pixels.reduce((sum, label) => sum + (label === own ? 1 : 0), 0)
    return own === 0 ? 0 : both / (area + other - both)
  })
}

const apart = draw([
  { x: 20, y: 20, a: 12, b: 9 },
  { x: 60, y: 22, a: 8, b: 15 },
  { x: 95, y: 60, a: 16, b: 14 },
])
const touching = draw([
  { x: 30, y: 40, a: 14, b: 12 },
  { x: 54, y: 42, a: 12, b: 13 },
  { x: 40, y: 62, a: 12, b: 11 },
  { x: 4, y: 80, a: 12, b: 12 },
])

describe('flows', () => {
  test.each([
    { name: 'apart', truth: apart },
    { name: 'touching, and cut by the border', truth: touching },
  ])('gives back objects that are $name', ({ truth }) => {
    const found = flows.run(mapsOf(truth), flows.defaults)
    expect(found.count).toBe(truth.count)
    for (const overlap of overlaps(found, truth)) expect(overlap).toBeGreaterThan(0.9)
  })

  test('moves only pixels that are probably of an object', () => {
    const maps = mapsOf(apart)
    const found = flows.run(maps, { ...flows.defaults, cellThreshold: 0.95 })
    expect(found.count).toBe(0)
  })

  test('drops an object whose flows are not those of its shape, when asked', () => {
    const maps = mapsOf(apart)
    // A flow to a corner of the object has a sink, but a wrong one.
    apart.pixels.forEach((label, i) => {
      if (label !== 3) return
      const dx = 106 - (i % WIDTH)
      const dy = 60 - Math.floor(i / WIDTH)
      const length = Math.max(1, Math.hypot(dx, dy)) / 5
      maps.across[i] = dx / length
      maps.down[i] = dy / length
    })
    expect(flows.run(maps, flows.defaults).count).toBe(2)
    expect(flows.run(maps, { ...flows.defaults, largestError: 'off' }).count).toBe(3)
  })

  test('drops objects that are too small, or too large a share of the image', () => {
    const maps = mapsOf(apart)
    expect(flows.run(maps, { ...flows.defaults, smallestArea: 400 }).count).toBe(1)
    expect(flows.run(maps, { ...flows.defaults, largestShare: 0.05 }).count).toBe(2)
  })

  test('finds nothing where there is nothing', () => {
    const nothing = new Float32Array(12)
    const maps = { width: 4, height: 3, down: nothing, across: nothing, cell: nothing }
    expect(flows.run(maps, flows.defaults).count).toBe(0)
  })
})

describe('flowsOf', () => {
  test('leads to the middle', () => {
    const { down, across } = flowsOf(
      labels(`
        .....
        .111.
        .111.
        .111.
        .....
      `),
    )
    expect(across[6]).toBeCloseTo(Math.SQRT1_2)
    expect(down[6]).toBeCloseTo(Math.SQRT1_2)
    expect(across[8]).toBeCloseTo(-Math.SQRT1_2)
    expect(down[17]).toBeCloseTo(-1)
    expect(across[17]).toBeCloseTo(0)
    expect(down[0]).toBe(0)
  })
})

describe('flowError', () => {
  test('is 0 for the flows of the mask itself, 4 for the opposite, 1 for none', () => {
    const own = flowsOf(apart)
    const scaled = (by: number) => ({
      down: own.down.map(flow => by * flow),
      across: own.across.map(flow => by * flow),
    })
    expect(flowError(apart, scaled(5), 5)[1]).toBeCloseTo(0)
    expect(flowError(apart, scaled(-5), 5)[2]).toBeCloseTo(4, 1)
    expect(flowError(apart, scaled(0), 5)[3]).toBeCloseTo(1, 1)
    expect(flowError(apart, scaled(5), 5)[0]).toBeNaN()
  })
})
