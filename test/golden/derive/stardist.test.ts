import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { drawPolygon } from '#core/derive/star-polygon.ts'
import { stardist } from '#core/derive/stardist.ts'

interface Expected {
  readonly width: number
  readonly height: number
  readonly rays: number
  readonly probabilityThreshold: number
  readonly overlapThreshold: number
  readonly border: number
  readonly polygon: {
    readonly x: readonly number[]
    readonly y: readonly number[]
    readonly width: number
    readonly height: number
    readonly covered: readonly number[]
  }
  readonly cases: readonly {
    readonly grid: number
    readonly width: number
    readonly height: number
    readonly candidates: number
    readonly probability: readonly number[]
    readonly distances: readonly number[]
    readonly labels: readonly number[]
  }[]
}

const expected = JSON.parse(
  readFileSync(new URL('stardist.json', import.meta.url), 'utf8'),
) as Expected

test.each(expected.cases)('finds the stars of the formulas, pixel by pixel, on a grid of $grid', stars => {
  const { rays, probabilityThreshold, overlapThreshold, border } = expected
  const found = stardist.run(
    {
      width: stars.width,
      height: stars.height,
      rays,
      probability: Float32Array.from(stars.probability),
      distances: Float32Array.from(stars.distances),
      field: { width: expected.width, height: expected.height },
    },
    { probabilityThreshold, overlapThreshold, grid: [stars.grid, stars.grid], border },
  )
  expect(stars.candidates).toBeGreaterThan(10 * found.count)
  expect(found.count).toBe(Math.max(...stars.labels))
  const different = stars.labels.filter((label, i) => label !== found.pixels[i])
  expect(different).toEqual([])
})

test('covers the pixels that skimage.draw.polygon covers', () => {
  const { x, y, width, height, covered } = expected.polygon
  const corners = Float32Array.from(x.flatMap((value, k) => [value, y[k]!]))
  const pixels = new Uint32Array(width * height)
  drawPolygon({ x: 0, y: 0, corners }, 1, { width, height, pixels })
  expect([...pixels]).toEqual(covered)
})
