import { describe, expect, test } from 'vitest'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { FloatImage } from '#core/image/blur.ts'
import type { Defect } from '#core/simulate/defects.ts'
import { reduce } from '#core/simulate/rescale.ts'
import type { SimulatedField } from '#core/simulate/simulate-field.ts'
import { field } from '../../support/simulated-field.ts'

function hashes({ planes, labels }: SimulatedField): string[] {
  const arrays = [...planes.map(({ plane }) => plane.pixels), labels.pixels]
  return arrays.map(({ buffer, byteOffset, byteLength }) =>
    bytesToHex(sha256(new Uint8Array(buffer, byteOffset, byteLength))),
  )
}

/** The nucleus channel. */
function pixelsOf({ planes }: SimulatedField): Uint16Array {
  return planes[0]!.plane.pixels as Uint16Array
}

function percentile(pixels: Uint16Array, share: number): number {
  return pixels.toSorted()[Math.floor(share * (pixels.length - 1))]!
}

/** Means of blocks of four by four, in which shot noise is small. */
function coarse(pixels: Uint16Array): FloatImage {
  return reduce({ width: 160, height: 160, pixels: Float32Array.from(pixels) }, 4)
}

/** Mean square of the steps between neighbouring blocks against the variance: detail, whatever the brightness. */
function detail(image: Uint16Array): number {
  const { width, pixels } = coarse(image)
  const steps = (by: number): number =>
    pixels.reduce((sum, level, i) => sum + (level - (pixels[i + by] ?? level)) ** 2, 0)
  const mean = pixels.reduce((sum, level) => sum + level, 0) / pixels.length
  const variance = pixels.reduce((sum, level) => sum + (level - mean) ** 2, 0)
  return (steps(1) + steps(width)) / variance
}

const clean = field()
const struck = (defect: Defect): SimulatedField => field({ defects: [defect] })

describe('a simulated field', () => {
  test('is the same, bit for bit, for the same seed and place', () => {
    expect(hashes(field({ channels: 5 }))).toEqual(hashes(field({ channels: 5 })))
  })

  test.each([
    { what: 'another seed', choice: { seed: 2 } },
    { what: 'another well', choice: { column: 1 } },
    { what: 'another site', choice: { site: 2 } },
  ])('is different for $what', ({ choice }) => {
    expect(hashes(field(choice))).not.toEqual(hashes(clean))
  })

  test('has the same nucleus plane however many channels are imaged with it', () => {
    expect(hashes(field({ channels: 3 }))[0]).toBe(hashes(clean)[0])
  })

  test('shows its nuclei brighter than what is between them', () => {
    const levels = { inside: [] as number[], outside: [] as number[] }
    clean.labels.pixels.forEach((label, i) => {
      levels[label > 0 ? 'inside' : 'outside'].push(pixelsOf(clean)[i]!)
    })
    const inside = percentile(Uint16Array.from(levels.inside), 0.1)
    const outside = percentile(Uint16Array.from(levels.outside), 0.9)
    expect(clean.labels.count).toBeGreaterThan(3)
    expect(inside).toBeGreaterThan(2 * outside)
  })

  test('can be segmented: half way up the nuclei lies their true outline', () => {
    const large = field({ size: 256 })
    const pixels = pixelsOf(large)
    const background = percentile(pixels, 0.3)
    const nuclei = pixels.filter((_, i) => large.labels.pixels[i]! > 0)
    const threshold = background + 0.4 * (percentile(nuclei, 0.5) - background)
    let both = 0
    let either = 0
    pixels.forEach((level, i) => {
      const seen = level > threshold
      const truly = large.labels.pixels[i]! > 0
      if (seen && truly) both += 1
      if (seen || truly) either += 1
    })
    expect(both / either).toBeGreaterThan(0.88)
  })

  test('shows the cells of the same nuclei in every channel', () => {
    const { planes, labels } = field({ channels: 5 })
    for (const { channel, plane } of planes.slice(1)) {
      const around = meanWhere(plane.pixels as Uint16Array, i => nearLabel(labels.pixels, i, 160))
      const far = percentile(plane.pixels as Uint16Array, 0.05)
      expect(around, channel.name).toBeGreaterThan(far + 20)
    }
  })

  test.each<Defect>(['defocus', 'bubble', 'debris', 'saturation', 'vignette', 'flicker', 'motion'])(
    '%s changes the picture and not the truth',
    defect => {
      expect(struck(defect).labels).toEqual(clean.labels)
      expect(hashes(struck(defect))[0]).not.toBe(hashes(clean)[0])
    },
  )

  test('out of focus has lost its detail, and says by how many µm', () => {
    const blurred = struck('defocus')
    expect(detail(pixelsOf(blurred))).toBeLessThan(0.7 * detail(pixelsOf(clean)))
    expect(Math.abs(blurred.planes[0]!.defocus)).toBeGreaterThanOrEqual(6)
    expect(Math.abs(blurred.planes[0]!.defocus)).toBeLessThanOrEqual(30)
    expect(Math.abs(clean.planes[0]!.defocus)).toBeLessThanOrEqual(1)
  })

  test('smeared by the stage has lost detail', () => {
    expect(detail(pixelsOf(struck('motion')))).toBeLessThan(0.7 * detail(pixelsOf(clean)))
  })

  test('exposed too long has clipped most of its nuclei', () => {
    const levels = pixelsOf(struck('saturation'))
    const most = levels.reduce((largest, level) => Math.max(largest, level))
    const inside = levels.filter((_, i) => clean.labels.pixels[i]! > 0)
    expect(inside.filter(level => level === most).length / inside.length).toBeGreaterThan(0.4)
    const usual = pixelsOf(clean)
    expect(usual.filter(level => level > 60_000).length).toBe(0)
  })

  test('with a lamp that dropped out is several times darker', () => {
    const drop = percentile(pixelsOf(struck('flicker')), 0.99) - 100
    expect(drop / (percentile(pixelsOf(clean), 0.99) - 100)).toBeLessThan(0.35)
  })

  test('under a misaligned lamp has dark corners', () => {
    const { planes } = field({ defects: ['vignette', 'empty'] })
    const pixels = planes[0]!.plane.pixels as Uint16Array
    const block = (x: number, y: number): number =>
      meanWhere(pixels, i => Math.abs((i % 160) - x) < 12 && Math.abs(Math.floor(i / 160) - y) < 12)
    const corners = [block(12, 12), block(148, 12), block(12, 148), block(148, 148)]
    expect((Math.min(...corners) - 100) / (block(80, 80) - 100)).toBeLessThan(0.6)
  })

  test('without cells has background and nothing to count', () => {
    const empty = struck('empty')
    expect(empty.labels.count).toBe(0)
    expect(percentile(pixelsOf(empty), 0.999)).toBeLessThan(400)
    expect(percentile(pixelsOf(empty), 0.5)).toBeGreaterThan(150)
  })

  test('with debris has something brighter than every nucleus', () => {
    const dirty = pixelsOf(struck('debris'))
    const brightest = (pixels: Uint16Array): number => percentile(pixels, 0.995)
    expect(brightest(dirty)).toBeGreaterThan(1.3 * brightest(pixelsOf(clean)))
  })

  test('behind a bubble is dim and blurred, and as it was beside it', () => {
    const before = coarse(pixelsOf(clean)).pixels
    const behind = coarse(pixelsOf(struck('bubble'))).pixels
    // Four standard errors of the shot noise of sixteen pixels.
    const alike = (a: number, b: number): boolean => Math.abs(a - b) < 4 * Math.sqrt(a / 0.46 / 16)
    const same = before.filter((level, i) => alike(level, behind[i]!)).length / before.length
    expect(same).toBeGreaterThan(0.2)
    expect(same).toBeLessThan(0.9)
  })

  test('has fewer cells in some wells than in others', () => {
    const counts = Array.from({ length: 12 }, (_, column) => field({ column }).labels.count)
    expect(Math.max(...counts)).toBeGreaterThan(1.5 * Math.min(...counts))
  })
})

function meanWhere(pixels: Uint16Array, chosen: (i: number) => boolean): number {
  const levels = pixels.filter((_, i) => chosen(i))
  return levels.reduce((sum, level) => sum + level, 0) / levels.length
}

/** Within six pixels of a nucleus and outside of it. */
function nearLabel(labels: Uint32Array, i: number, width: number): boolean {
  if (labels[i] !== 0) return false
  return [-6, 6, -6 * width, 6 * width].some(step => (labels[i + step] ?? 0) > 0)
}
