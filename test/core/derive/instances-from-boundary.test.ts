import { describe, expect, test } from 'vitest'
import { instancesFromBoundary, type BoundaryMaps } from '#core/derive/instances-from-boundary.ts'
import type { Labels } from '#core/image/labels.ts'
import { labels } from '../../support/labels.ts'

/**
 * Probabilities from rows of `.` background, `b` boundary, `i` interior and `?` for what is neither
 * surely one nor the other.
 */
function maps(drawing: string): BoundaryMaps {
  const rows = drawing
    .trim()
    .split('\n')
    .map(row => [...row.trim()])
  const chance = (of: Readonly<Record<string, number>>): Float32Array =>
    Float32Array.from(rows.flat(), sign => of[sign] ?? 0)
  return {
    width: rows[0]!.length,
    height: rows.length,
    background: chance({ '.': 0.9, b: 0.1, i: 0.05, '?': 0.45, n: NaN }),
    interior: chance({ '.': 0.05, b: 0.2, i: 0.9, '?': 0.2, n: NaN }),
    boundary: chance({ '.': 0.05, b: 0.7, i: 0.05, '?': 0.35, n: NaN }),
  }
}

const find = (
  drawing: string,
  change: Partial<typeof instancesFromBoundary.defaults> = {},
): Labels =>
  instancesFromBoundary.run(maps(drawing), { ...instancesFromBoundary.defaults, ...change })

describe('instancesFromBoundary', () => {
  test('lets touching objects meet in the middle of the boundary between them', () => {
    const found = find(`
      ..............
      .bbbbbb.bbbb..
      .biibbbbbiib..
      .biibbbbbiib..
      .bbbbbb.bbbb..
      ..............
    `)
    expect(found).toEqual(
      labels(`
        ..............
        .111111.2222..
        .11111122222..
        .11111122222..
        .111111.2222..
        ..............
      `),
    )
  })

  test('keeps foreground without a seed only where it is sure of it', () => {
    const drawing = `
      .........
      .bb..??..
      .bb..??..
      .........
    `
    const kept = labels(`
      .........
      .11......
      .11......
      .........
    `)
    expect(find(drawing)).toEqual(kept)
    expect(find(drawing, { seedlessConfidence: 0.5 }).count).toBe(2)
    expect(find(drawing, { seedlessConfidence: 1 }).count).toBe(0)
  })

  test('drops seeds that are too small, and gives their place to the next', () => {
    const drawing = `
      ...........
      .bbbbbbbbb.
      .biiibbbib.
      .biiibbbbb.
      .bbbbbbbbb.
      ...........
    `
    expect(find(drawing, { smallestSeed: 1 }).count).toBe(2)
    expect(find(drawing, { smallestSeed: 2 }).count).toBe(1)
  })

  test('drops objects of improbable size, measured by a typical or by a given one', () => {
    const row = '.bbbb..bbbb..bbbb..bbbb..bbbb..bb.'
    const core = '.biib..biib..biib..biib..biib..bb.'
    const drawing = [row.replaceAll('b', '.'), row, core, core, row, row.replaceAll('b', '.')].join(
      '\n',
    )
    expect(find(drawing).count).toBe(6)
    expect(find(drawing, { smallestArea: 0.6 }).count).toBe(5)
    expect(find(drawing, { largestArea: 0.6 }).count).toBe(1)
    expect(find(drawing, { diameter: 60 }).count).toBe(0)
  })

  test('fills what one object encloses, unless told not to', () => {
    const drawing = `
      iiiii
      i...i
      i...i
      iiiii
    `
    expect(find(drawing).pixels.every(label => label === 1)).toBe(true)
    expect(find(drawing, { fillHoles: false }).pixels[6]).toBe(0)
  })

  test('leaves out what the border cuts, when asked', () => {
    const drawing = `
      ii......
      ii..iii.
      ....iii.
      ........
    `
    expect(find(drawing).count).toBe(2)
    expect(find(drawing, { borderObjects: 'remove' }).count).toBe(1)
  })

  test('takes pixels that are not numbers for background', () => {
    const found = find(`
      iiinniii
      iiinniii
    `)
    expect(found).toEqual(
      labels(`
        111..222
        111..222
      `),
    )
  })

  test.each(['.', '...\n...'])('finds nothing where there is nothing', drawing => {
    expect(find(drawing).count).toBe(0)
  })
})
