import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupFields } from '#workstation/intake/group-fields.ts'
import type { PlaneFile } from '#workstation/intake/plane-file.ts'

function plane(place: Partial<PlaneFile>): PlaneFile {
  return {
    path: JSON.stringify(place),
    absolute: '',
    bytes: 1,
    modified: '0',
    page: 0,
    well: 'A01',
    site: 1,
    channel: 'w1',
    wave: 1,
    z: 1,
    t: 1,
    projection: false,
    ...place,
  }
}

const names = (planes: readonly PlaneFile[]) => groupFields({ planes }).map(({ name }) => name)

describe('fields', () => {
  test('go well by well along the rows of the plate, then by site and time', () => {
    const places: readonly Partial<PlaneFile>[] = [
      { well: 'AA01' },
      { well: 'B01' },
      { well: 'A12', site: 10 },
      { well: 'A12', site: 2, t: 2 },
      { well: 'A12', site: 2 },
      { well: 'A02' },
    ]
    expect(names(places.map(plane))).toEqual([
      'A02_s1',
      'A12_s2',
      'A12_s2_t2',
      'A12_s10',
      'B01_s1',
      'AA01_s1',
    ])
  })

  test('hold their planes by channel and depth, projections last', () => {
    const planes = [
      plane({ channel: 'w2', wave: 2 }),
      plane({ z: 0, projection: true }),
      plane({ z: 10 }),
      plane({ z: 9 }),
    ]
    const [field] = groupFields({ planes })
    expect(field!.planes.map(({ channel, z }) => [channel, z])).toEqual([
      ['w1', 9],
      ['w1', 10],
      ['w1', 0],
      ['w2', 1],
    ])
  })

  test('of no well are called after their file, or as an index says, and after their time', () => {
    const loose = { well: null, site: null }
    expect(
      names([
        plane({ ...loose, path: 'b.tif', t: 0 }),
        plane({ ...loose, path: 'a.tif', field: 'a.tif_s2', t: 10 }),
        plane({ ...loose, path: 'a.tif', field: 'a.tif_s2', t: 2 }),
        plane({ ...loose, path: 'a.tif' }),
        plane({ ...loose, path: 'a.tif', page: 1, z: 2 }),
      ]),
    ).toEqual(['a.tif', 'a.tif_s2_t2', 'a.tif_s2_t10', 'b.tif'])
  })

  test('are the same whatever the order of the planes', () => {
    const place = fc.record({
      well: fc.constantFrom('A01', 'B12', 'P24'),
      site: fc.integer({ min: 1, max: 3 }),
      wave: fc.integer({ min: 1, max: 2 }),
      z: fc.integer({ min: 1, max: 3 }),
      t: fc.integer({ min: 1, max: 2 }),
    })
    const places = fc.uniqueArray(place, { selector: value => JSON.stringify(value) })
    const shuffled = places.chain(list =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    )
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(groupFields({ planes: other.map(plane) })).toEqual(
          groupFields({ planes: one.map(plane) }),
        )
      }),
    )
  })
})
