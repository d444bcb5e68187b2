import { describe, expect, test } from 'vitest'
import { enlargeLabels } from '#core/derive/enlarge-labels.ts'
import type { FloatImage } from '#core/image/blur.ts'
import type { Labels } from '#core/image/labels.ts'
import { labels } from '../../support/labels.ts'

interface Disc {
  readonly x: number
  readonly y: number
  readonly radius: number
}

/** How far inside the nearest disc a point is, and which one that is. */
function depthAt(discs: readonly Disc[], x: number, y: number): { depth: number; disc: number } {
  return discs
    .map((disc, k) => ({ depth: disc.radius - Math.hypot(x - disc.x, y - disc.y), disc: k + 1 }))
    .reduce((a, b) => (b.depth > a.depth ? b : a))
}

/** Discs in units of a field of 200 × 160, drawn with a pixel of any size. */
function drawDiscs(
  discs: readonly Disc[],
  width: number,
  height: number,
): { labels: Labels; foreground: FloatImage } {
  const pixels = new Uint32Array(width * height)
  const chances = new Float32Array(width * height)
  for (let i = 0; i < pixels.length; i += 1) {
    const x = (((i % width) + 0.5) * 200) / width
    const y = ((Math.floor(i / width) + 0.5) * 160) / height
    const { depth, disc } = depthAt(discs, x, y)
    pixels[i] = depth > 0 ? disc : 0
    chances[i] = 1 / (1 + Math.exp(-depth / 3))
  }
  return {
    labels: { width, height, pixels, count: discs.length },
    foreground: { width, height, pixels: chances },
  }
}

const discs = [
  { x: 50, y: 40, radius: 30 },
  { x: 108, y: 44, radius: 31 },
  { x: 120, y: 120, radius: 25 },
]

/** Smallest intersection over union of a disc with the object that covers its centre. */
function worstOverlap(found: Labels, truth: Labels): number {
  return Math.min(
    ...discs.map((disc, k) => {
      const x = Math.floor((disc.x * truth.width) / 200)
      const own = found.pixels[Math.floor((disc.y * truth.height) / 160) * truth.width + x]
      let both = 0
      let either = 0
      for (let i = 0; i < truth.pixels.length; i += 1) {
        const inTruth = truth.pixels[i] === k + 1
        const inFound = found.pixels[i] === own
        if (inTruth && inFound) both += 1
        if (inTruth || inFound) either += 1
      }
      return both / either
    }),
  )
}

const from = (drawing: string, chances: readonly number[]) => {
  const drawn = labels(drawing)
  const { width, height } = drawn
  return {
    labels: drawn,
    foreground: { width, height, pixels: Float32Array.from(chances) },
    threshold: 0.5,
  }
}

describe('enlargeLabels', () => {
  // Drawn by the nearest pixel of the network they overlap by 0.93 to 0.96 only.
  test.each([
    { name: 'larger by 3.3', width: 660, height: 528 },
    { name: 'larger by 2', width: 400, height: 320 },
    { name: 'a little larger', width: 213, height: 171 },
  ])('keeps the outlines of discs in a field that is $name', ({ width, height }) => {
    const truth = drawDiscs(discs, width, height).labels
    const { labels: found } = enlargeLabels({
      ...drawDiscs(discs, 60, 48),
      threshold: 0.5,
      width,
      height,
    })
    expect(found.count).toBe(3)
    expect(worstOverlap(found, truth)).toBeGreaterThan(0.985)
  })

  test.each([
    { name: 'half as large', width: 100, height: 80 },
    { name: 'five times smaller', width: 40, height: 32 },
  ])('keeps the outlines of discs in a field that is $name', ({ width, height }) => {
    const truth = drawDiscs(discs, width, height).labels
    const { labels: found } = enlargeLabels({
      ...drawDiscs(discs, 200, 160),
      threshold: 0.5,
      width,
      height,
    })
    expect(worstOverlap(found, truth)).toBeGreaterThan(0.97)
  })

  test('changes nothing where the sizes are equal', () => {
    const drawn = drawDiscs(discs, 100, 80)
    const { labels: found } = enlargeLabels({ ...drawn, threshold: 0.5, width: 100, height: 80 })
    expect(found).toEqual(drawn.labels)
  })

  test('lets the outline lie where the probability crosses the threshold', () => {
    // Crosses 0.5 a quarter of the way from the first pixel's centre to the second's, at 3 of 8.
    const drawn = from('1.', [0.6, 0.2])
    expect(enlargeLabels({ ...drawn, width: 16, height: 1 }).labels).toEqual(
      labels('111111..........'),
    )
  })

  test('parts touching objects between the centres of their pixels', () => {
    const drawn = from('12', [0.9, 0.9])
    expect(enlargeLabels({ ...drawn, width: 8, height: 1 }).labels).toEqual(labels('11112222'))
  })

  test('gives foreground that is no object to nobody', () => {
    const drawn = from('1.', [0.9, 0.9])
    expect(enlargeLabels({ ...drawn, width: 8, height: 1 }).labels).toEqual(labels('1111....'))
  })

  test('keeps a filled hole filled', () => {
    const drawn = from('111', [0.9, 0.1, 0.9])
    expect(enlargeLabels({ ...drawn, width: 6, height: 2 }).labels).toEqual(
      labels('111111\n111111'),
    )
  })

  test('leaves no gap in the numbers where an object vanishes', () => {
    const drawn = from('11.2.33', [0.9, 0.9, 0, 0.51, 0, 0.9, 0.9])
    const found = enlargeLabels({ ...drawn, width: 4, height: 1 })
    expect(found.labels).toEqual(labels('1..2'))
    expect([...found.originOf]).toEqual([0, 1, 3])
  })

  test('does not see a probability that is not a number', () => {
    const drawn = from('1.', [0.9, NaN])
    expect(enlargeLabels({ ...drawn, width: 4, height: 1 }).labels).toEqual(labels('11..'))
  })

  test.each([
    { width: 0, height: 0 },
    { width: 3, height: 2 },
  ])('finds nothing in $width × $height pixels of nothing', ({ width, height }) => {
    const nothing = { width: 0, height: 0 }
    const { labels: found } = enlargeLabels({
      labels: { ...nothing, pixels: new Uint32Array(0), count: 0 },
      foreground: { ...nothing, pixels: new Float32Array(0) },
      threshold: 0.5,
      width,
      height,
    })
    expect(found).toEqual({ width, height, pixels: new Uint32Array(width * height), count: 0 })
  })
})
