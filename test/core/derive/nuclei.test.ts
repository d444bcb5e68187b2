import { describe, expect, test } from 'vitest'
import { segmentNuclei } from '#core/derive/nuclei.ts'
import { renumber } from '#core/derive/renumber.ts'
import type { Pixels, Plane } from '#core/image/plane.ts'
import { drawNucleiField, uniform } from '../../support/nuclei-field.ts'

interface Disc {
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly brightness: number
}

const WIDTH = 320
const HEIGHT = 240
const NOISE = 12

/** Discs with blurred edges on a background, with noise of standard deviation 12. */
function drawDiscs(
  discs: readonly Disc[],
  background: (x: number, y: number) => number = () => 500,
): Plane {
  const random = uniform(7)
  const pixels = Uint16Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
    const x = i % WIDTH
    const y = Math.floor(i / WIDTH)
    const noise = NOISE * Math.sqrt(12) * (random() - 0.5)
    return discs.reduce(
      (sum, disc) =>
        sum +
        disc.brightness / (1 + Math.exp((Math.hypot(x - disc.x, y - disc.y) - disc.radius) / 1.2)),
      background(x, y) + noise,
    )
  })
  return { width: WIDTH, height: HEIGHT, pixels, fullScale: 65535 }
}

const grid = (radius: number, brightness = 1500): Disc[] =>
  [50, 120, 190, 260].flatMap(x => [60, 170].map(y => ({ x, y, radius, brightness })))

const find = (plane: Plane, change: Partial<typeof segmentNuclei.defaults> = {}) =>
  segmentNuclei.run(plane, { ...segmentNuclei.defaults, ...change })

const flat = (pixels: Pixels, width: number): Plane => ({
  width,
  height: pixels.length / width,
  pixels,
  fullScale: 65535,
})

describe('segmentNuclei', () => {
  test.each([4, 8, 16, 30])('finds nuclei of radius %i and their size from the image', radius => {
    const { labels, diameter } = find(drawDiscs(grid(radius)))
    expect(labels.count).toBe(8)
    expect(Math.abs(diameter! - 2 * radius)).toBeLessThan(2.5)
  })

  test('draws the outline where brightness is half, so the area is the disc’s', () => {
    const { labels } = find(drawDiscs(grid(16)))
    const area = labels.pixels.reduce((sum, label) => sum + (label > 0 ? 1 : 0), 0) / 8
    expect(Math.abs(area / (Math.PI * 16 ** 2) - 1)).toBeLessThan(0.05)
  })

  test('counts a dark nucleolus as part of its nucleus', () => {
    const nucleoli = grid(16).map(disc => ({ ...disc, radius: 4, brightness: -1300 }))
    const { labels } = find(drawDiscs([...grid(16), ...nucleoli]))
    expect(labels.count).toBe(8)
    expect(labels.pixels[60 * WIDTH + 50]).not.toBe(0)
  })

  test('splits two nuclei that touch', () => {
    const pair = [110, 138].map(x => ({ x, y: 110, radius: 16, brightness: 1500 }))
    expect(find(drawDiscs([...pair, { ...pair[0]!, x: 240 }])).labels.count).toBe(3)
  })

  test('keeps a long nucleus whole', () => {
    const plane = drawDiscs(grid(12))
    const long = plane.pixels.map((value, i) => {
      const x = (i % WIDTH) - 155
      const y = Math.floor(i / WIDTH) - 115
      return (x / 26) ** 2 + (y / 11) ** 2 < 1 ? value + 1500 : value
    })
    expect(find({ ...plane, pixels: long }).labels.count).toBe(9)
  })

  test('finds dim nuclei beside a bright mitosis, each with its own outline', () => {
    const discs = grid(14, 800)
    discs[0] = { ...discs[0]!, brightness: 6000 }
    const { labels } = find(drawDiscs(discs))
    expect(labels.count).toBe(8)
    const areas = new Uint32Array(9)
    for (const label of labels.pixels) areas[label]! += 1
    for (const area of areas.subarray(1)) {
      expect(Math.abs(area / (Math.PI * 14 ** 2) - 1)).toBeLessThan(0.12)
    }
  })

  test('sees through uneven illumination stronger than the nuclei', () => {
    expect(find(drawDiscs(grid(14, 600), x => 500 + 6 * x)).labels.count).toBe(8)
  })

  test('does not depend on offset and gain of the camera', () => {
    const plane = drawDiscs(grid(14))
    const turned = { ...plane, pixels: Float32Array.from(plane.pixels, value => 4 * value + 1000) }
    expect(find(turned).labels).toEqual(find(plane).labels)
  })

  test.each([
    { name: 'dark noise', plane: drawDiscs([]) },
    { name: 'an empty field of photons', plane: drawNucleiField({ nuclei: 0 }) },
    {
      name: 'an empty field with vignetting',
      plane: drawNucleiField({ nuclei: 0, shading: (x, y) => 1 - 0.3 * (x * x + y * y) }),
    },
    { name: 'zeros', plane: flat(new Uint8Array(400), 20) },
    { name: 'a saturated field', plane: flat(new Uint16Array(400).fill(65535), 20) },
    { name: 'nothing but NaN', plane: flat(new Float32Array(400).fill(NaN), 20) },
    { name: 'one pixel', plane: flat(Uint8Array.of(9), 1) },
    { name: 'no pixel', plane: { width: 0, height: 0, pixels: new Uint8Array(0), fullScale: 255 } },
  ])('finds no object in $name', ({ plane }) => {
    const { labels } = find(plane)
    expect(labels.count).toBe(0)
    expect(labels.pixels).toHaveLength(plane.width * plane.height)
  })

  test('finds nuclei around pixels that are missing', () => {
    const plane = drawDiscs(grid(14))
    const pixels = Float32Array.from(plane.pixels)
    pixels.fill(NaN, 0, 10 * WIDTH)
    expect(find({ ...plane, pixels }).labels.count).toBe(8)
  })

  test('numbers nuclei without gaps in raster order', () => {
    const { labels } = find(drawNucleiField())
    expect(renumber(labels)).toEqual(labels)
  })

  test('finds the same nuclei in a large image, which it looks at in coarser pixels', () => {
    const small = find(drawDiscs(grid(16)))
    const side = 5
    const plane = drawDiscs(grid(16))
    const pixels = new Uint16Array(side * side * plane.pixels.length)
    for (let i = 0; i < pixels.length; i += 1) {
      const x = i % (side * WIDTH)
      const y = Math.floor(i / (side * WIDTH))
      pixels[i] = plane.pixels[(y % HEIGHT) * WIDTH + (x % WIDTH)]!
    }
    const large = find({ ...plane, width: side * WIDTH, height: side * HEIGHT, pixels })
    expect(large.labels.count).toBe(side * side * small.labels.count)
    expect(Math.abs(large.diameter! - small.diameter!)).toBeLessThan(2.5)
    const share = (labels: Uint32Array) =>
      labels.reduce((sum, label) => sum + (label > 0 ? 1 : 0), 0) / labels.length
    expect(share(large.labels.pixels) / share(small.labels.pixels)).toBeCloseTo(1, 1)
  })

  test('leaves out nuclei that the border cuts, when asked', () => {
    const cut = [...grid(14), { x: 0, y: 115, radius: 14, brightness: 1500 }]
    expect(find(drawDiscs(cut)).labels.count).toBe(9)
    expect(find(drawDiscs(cut), { borderObjects: 'remove' }).labels.count).toBe(8)
  })

  test('measures sizes in units of the diameter it was given', () => {
    const plane = drawDiscs(grid(14))
    expect(find(plane, { diameter: 28 }).labels.count).toBe(8)
    expect(find(plane, { diameter: 120 })).toMatchObject({ diameter: 120, labels: { count: 0 } })
  })
})
