import { describe, expect, test } from 'vitest'
import type { Labels } from '#core/image/labels.ts'
import {
  decodeObjects,
  foregroundOf,
  foregroundThreshold,
  type ObjectMaps,
} from '#core/infer/decode-objects.ts'
import { DecodingParams } from '#core/infer/inference-params.ts'

const PARAMS = DecodingParams.parse({})
const SIDE = 48
const RADIUS = 8
const CENTRES = [
  [14, 14],
  [14, 33],
  [34, 24],
] as const

type OfPixel = (y: number, x: number) => number

function draw(of: OfPixel, height = SIDE, width = SIDE): Float32Array {
  return Float32Array.from({ length: height * width }, (_, i) =>
    of(Math.floor(i / width), i % width),
  )
}

function joined(...channels: readonly Float32Array[]): Float32Array {
  return Float32Array.from(channels.flatMap(channel => [...channel]))
}

/** How deep inside the nearest disc a place lies, in pixels; negative outside. */
function depth(y: number, x: number): number {
  return Math.max(...CENTRES.map(([cy, cx]) => RADIUS - Math.hypot(y - cy, x - cx)))
}

function maps(classes: number, probabilities: Float32Array): ObjectMaps {
  return { width: SIDE, height: SIDE, classes, probabilities, directed: null }
}

/** Every object is one of the discs, and none is missing. */
function expectDiscs({ count, pixels, width }: Labels, off = 0.15): void {
  expect(count).toBe(CENTRES.length)
  const found = CENTRES.map(([y, x]) => pixels[y * width + x])
  expect(new Set(found)).toEqual(new Set([1, 2, 3]))
  const truth = draw(depth)
  const wrong = truth.reduce((sum, value, i) => sum + Number(value > 0 !== pixels[i]! > 0), 0)
  expect(wrong / truth.filter(value => value > 0).length).toBeLessThan(off)
}

describe('objects are made of', () => {
  test('background, interior and boundary', () => {
    const background = draw((y, x) => (depth(y, x) > 0 ? 0 : 1))
    const interior = draw((y, x) => (depth(y, x) > 2 ? 1 : 0))
    const boundary = draw((y, x) => (depth(y, x) > 0 && depth(y, x) <= 2 ? 1 : 0))
    const drawn = maps(3, joined(background, interior, boundary))
    expectDiscs(decodeObjects('instances-from-boundary', drawn, PARAMS, 16))
    expectDiscs(decodeObjects('instances-from-boundary', drawn, PARAMS, null))
  })

  test('background and interior', () => {
    const inside = draw((y, x) => (depth(y, x) > 0 ? 0.9 : 0.1))
    const drawn = maps(
      2,
      joined(
        inside.map(p => 1 - p),
        inside,
      ),
    )
    expectDiscs(decodeObjects('semantic', drawn, PARAMS, 16))
  })

  test('one class', () => {
    const inside = draw((y, x) => (depth(y, x) > 0 ? 0.9 : 0.1))
    expectDiscs(decodeObjects('semantic', maps(1, inside), PARAMS, 16))
  })

  test('objects of the size that is named: smaller ones are none', () => {
    const inside = draw((y, x) => (depth(y, x) > 0 ? 0.9 : 0.1))
    expect(decodeObjects('semantic', maps(1, inside), PARAMS, 200).count).toBe(0)
  })

  test.each([1, 2, 4, 8])('rays on a grid of every %i pixels', grid => {
    const cells = Math.ceil(SIDE / grid)
    const decode = DecodingParams.parse({ stardist: { border: 0 } })
    expectDiscs(decodeObjects('stardist', stars(SIDE, cells, grid), decode, null), 0.2)
  })

  test('flows to the middle', () => {
    const cell = draw((y, x) => (depth(y, x) > 0 ? 0.9 : 0.1))
    const toward =
      (axis: 0 | 1): OfPixel =>
      (y, x) => {
        const nearest = CENTRES.toSorted(
          (a, b) => Math.hypot(y - a[0], x - a[1]) - Math.hypot(y - b[0], x - b[1]),
        )[0]!
        const away = Math.hypot(y - nearest[0], x - nearest[1])
        return away < 0.5 ? 0 : (5 * (nearest[axis] - [y, x][axis]!)) / away
      }
    const data = joined(
      draw(toward(0)),
      draw(toward(1)),
      cell.map(p => Math.log(p / (1 - p))),
    )
    const directed = { data, dims: [1, 3, SIDE, SIDE] }
    const decode = DecodingParams.parse({ flows: { largestError: 'off' } })
    expectDiscs(decodeObjects('flows', { ...maps(1, cell), directed }, decode, null))
  })
})

describe('a field that is no multiple of the grid', () => {
  test.each([
    [97, 8],
    [65, 8],
    [17, 4],
    [49, 8],
    [101, 4],
    [51, 2],
  ])('of %i pixels at every %i has its objects where they are', (side, grid) => {
    const cells = Math.ceil(side / grid)
    const last = (cells - 2) * grid
    const data = new Float32Array(33 * cells * cells)
    const at = (cells - 2) * cells + (cells - 2)
    data[at] = 0.9
    for (let ray = 1; ray <= 32; ray += 1) data[ray * cells * cells + at] = 4
    const drawn = {
      ...{ width: side, height: side, classes: 1, probabilities: new Float32Array(side * side) },
      directed: { data, dims: [1, 33, cells, cells] },
    }
    const decode = DecodingParams.parse({ stardist: { border: 0 } })
    const { count, pixels } = decodeObjects('stardist', drawn, decode, null)
    expect(count).toBe(1)
    let sumX = 0
    let area = 0
    pixels.forEach((label, i) => {
      if (label === 0) return
      sumX += i % side
      area += 1
    })
    expect(sumX / area).toBeCloseTo(last, -0.3)
  })
})

describe('foreground', () => {
  test('is what is not background, or the only class', () => {
    const two = { classes: 2, probabilities: Float32Array.of(0.25, 1, 0.75, 0) }
    expect([...foregroundOf(two)]).toEqual([0.75, 0])
    const one = Float32Array.of(0.25, 1)
    expect(foregroundOf({ classes: 1, probabilities: one })).toBe(one)
  })

  test('begins where the task’s own decoding says', () => {
    const decode = DecodingParams.parse({
      boundary: { foregroundThreshold: 0.4 },
      flows: { cellThreshold: 0.6 },
    })
    expect(foregroundThreshold('semantic', decode)).toBe(0.4)
    expect(foregroundThreshold('instances-from-boundary', decode)).toBe(0.4)
    expect(foregroundThreshold('flows', decode)).toBe(0.6)
    expect(foregroundThreshold('stardist', decode)).toBeLessThan(1)
  })
})

/** What a perfect StarDist network with 32 rays says of the discs. */
function stars(side: number, cells: number, grid: number): ObjectMaps {
  const size = cells * cells
  const data = new Float32Array(33 * size)
  for (let i = 0; i < size; i += 1) {
    const y = Math.floor(i / cells) * grid
    const x = (i % cells) * grid
    if (depth(y, x) <= 1) continue
    data[i] = depth(y, x) / RADIUS
    for (let ray = 0; ray < 32; ray += 1) {
      const angle = (2 * Math.PI * ray) / 32
      let length = 0
      while (depth(y + length * Math.sin(angle), x + length * Math.cos(angle)) > 0) length += 0.25
      data[(ray + 1) * size + i] = length
    }
  }
  const directed = { data, dims: [1, 33, cells, cells] }
  return {
    width: side,
    height: side,
    classes: 1,
    probabilities: new Float32Array(side * side),
    directed,
  }
}
