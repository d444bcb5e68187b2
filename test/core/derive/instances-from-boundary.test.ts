import { describe, expect, test } from 'vitest'
import { instancesFromBoundary, type BoundaryMaps } from '#core/derive/instances-from-boundary.ts'
import type { Labels } from '#core/image/labels.ts'
import { labels } from '../../support/labels.ts'

/**
 * Probabilities from rows of `.` background, `b` boundary, `i` interior, `j` what is interior
 * less surely, `?` what is hardly foreground, and `n` what is not a number.
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
    background: chance({ '.': 0.9, b: 0.1, i: 0.03, j: 0.03, '?': 0.45, n: NaN }),
    interior: chance({ '.': 0.05, b: 0.2, i: 0.95, j: 0.65, '?': 0.2, n: NaN }),
    boundary: chance({ '.': 0.05, b: 0.7, i: 0.02, j: 0.32, '?': 0.35, n: NaN }),
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
    expect(find(drawing, { seedless: 0.5 }).count).toBe(2)
    expect(find(drawing, { seedless: 'drop' }).count).toBe(0)
  })

  // Disc of 4 pixels across: an area of 12.6.
  test('drops seeds that are too small, and gives their place to the next', () => {
    const drawing = `
      ...........
      .bbbbbbbbb.
      .biiibbbib.
      .biiibbbbb.
      .bbbbbbbbb.
      ...........
    `
    expect(find(drawing, { diameter: 4, smallestSeed: 0.07 }).count).toBe(2)
    expect(find(drawing, { diameter: 4, smallestSeed: 0.09 }).count).toBe(1)
  })

  test('takes a seed apart that holds several large enough parts at a higher probability', () => {
    const drawing = `
      bbbbbbbbb
      biijjjiib
      biijjjiib
      bbbbbbbbb
    `
    const both = labels(`
      111112222
      111112222
      111112222
      111112222
    `)
    expect(find(drawing, { diameter: 4, smallestPart: 0.3 })).toEqual(both)
    expect(find(drawing, { diameter: 4, smallestPart: 0.4 }).count).toBe(1)
    expect(find(drawing, { diameter: 4, splitLevels: [0.95] }).count).toBe(1)
  })

  test('drops objects of improbable size, measured by a typical or by a given one', () => {
    const row = '.bbbb..bbbb..bbbb..bbbb..bbbb..bb.'
    const core = '.biib..biib..biib..biib..biib..ii.'
    const edge = row.replaceAll('b', '.')
    const drawing = [edge, row, core, core, row, edge].join('\n')
    // The seeds measure four pixels, the objects 16 and 8.
    expect(find(drawing).count).toBe(6)
    expect(find(drawing, { smallestArea: 3 }).count).toBe(5)
    expect(find(drawing, { largestArea: 3 }).count).toBe(1)
    expect(find(drawing, { diameter: 4, largestArea: 1 }).count).toBe(1)
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
