import { describe, expect, test } from 'vitest'
import type { PlaneId, RecordId } from '#core/brand.ts'
import {
  firstFieldPlanes,
  imagedWells,
  labelImageOf,
  pixelFileOf,
} from '#workstation/store/pixel-files.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter } from '../../support/written-plates.ts'

function plate() {
  const db = memoryDb()
  const write = plateWriter(db)
  const plateId = write.plate()
  const run = write.run(plateId, '/first')
  const shown = (channel = 'DAPI'): string[] =>
    firstFieldPlanes(db, plateId, channel).map(({ well, z, path }) => `${well} ${z} ${path}`)
  const pathOf = (planeId: PlaneId): string => pixelFileOf(db, planeId)!.path
  return { db, write, plateId, run, shown, pathOf }
}

describe('the planes that stand for a well', () => {
  test('are all focal planes of its first site at the first time, from the lowest up', () => {
    const { write, run, shown, pathOf } = plate()
    const later = write.field(run, { name: 'A01 s1 t2', well: 'A01', site: 1, t: 2 })
    const second = write.field(run, { name: 'A01 s2', well: 'A01', site: 2, t: 1 })
    const first = write.field(run, { name: 'A01 s1', well: 'A01', site: 1, t: 1 })
    for (const field of [later, second]) write.plane(field, { channel: 'DAPI', z: 1 })
    const upper = write.plane(first, { channel: 'DAPI', z: 2 })
    const lower = write.plane(first, { channel: 'DAPI', z: 1 })
    write.plane(first, { channel: 'FITC', z: 1 })
    expect(shown()).toEqual([`A01 1 ${pathOf(lower)}`, `A01 2 ${pathOf(upper)}`])
  })

  test('are those that were imaged again', () => {
    const { write, plateId, run, shown, pathOf } = plate()
    const place = { name: 'A01 s1', well: 'A01', site: 1, t: 1 }
    write.plane(write.field(run, place), { channel: 'DAPI' })
    const again = write.field(write.run(plateId, '/second'), place)
    const newer = write.plane(again, { channel: 'DAPI' })
    expect(shown()).toEqual([`A01 0 ${pathOf(newer)}`])
  })

  test('are of the next site where the first cannot be read', () => {
    const { write, run, shown, pathOf } = plate()
    const [one, two] = [1, 2].map(site =>
      write.plane(write.field(run, { name: `A01 s${site}`, well: 'A01', site }), {
        channel: 'DAPI',
      }),
    ) as [PlaneId, PlaneId]
    write.fault(one, 'image-truncated')
    expect(shown()).toEqual([`A01 0 ${pathOf(two)}`])
  })

  test('are none of loose images and of other plates', () => {
    const { write, run, shown } = plate()
    write.plane(write.field(run, { name: 'loose', well: null }), { channel: 'DAPI' })
    const other = write.run(write.plate('other'), '/other')
    write.plane(write.field(other, { name: 'A01', well: 'A01' }), { channel: 'DAPI' })
    expect(shown()).toEqual([])
  })
})

test('wells are imaged whether their images count or not, each once', () => {
  const { db, write, plateId, run } = plate()
  for (const [well, site] of [
    ['B02', 1],
    ['B02', 2],
    ['A01', 1],
  ] as const) {
    write.plane(write.field(run, { name: `${well} ${site}`, well, site }), { channel: 'DAPI' })
  }
  expect([...imagedWells(db, plateId)].sort()).toEqual(['A01', 'B02'])
})

test('what is not in the store has no pixels', () => {
  const { db } = plate()
  expect(pixelFileOf(db, 99 as PlaneId)).toBeUndefined()
  expect(labelImageOf(db, 'ab'.repeat(32) as RecordId)).toBeUndefined()
})
