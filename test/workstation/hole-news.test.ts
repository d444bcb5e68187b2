import { describe, expect, test } from 'vitest'
import type { PlateId } from '#core/brand.ts'
import { watchHoles, type HoleNews } from '#workstation/hole-news.ts'
import { createCompletenessReader } from '#workstation/plate-completeness.ts'
import { acquisitionsOf } from '#workstation/store/plates.ts'
import { keepPromise } from '#workstation/store/promises.ts'
import { memoryDb } from '../support/stores.ts'
import { plateWriter } from '../support/written-plates.ts'

const channels = [
  { wave: 1, name: 'DAPI' },
  { wave: 2, name: 'GFP' },
]

/** A plate of some wells, a watch over it, and a clock. */
function watched(wells: readonly string[]) {
  const db = memoryDb()
  const write = plateWriter(db)
  const plateId: PlateId = write.plate('BR1')
  const acquisitionId = write.run(plateId, '/a')
  const block = { wells, sites: [1], channels, z: [0], t: [1] }
  keepPromise(db, { acquisitionId, blocks: [block], format: null })
  let now = 1_000_000
  const clock = () => new Date(now)
  const told: HoleNews[] = []
  const reader = createCompletenessReader(db, clock)
  const holes = watchHoles({ completeness: reader, now: clock }, news => told.push(news))
  return {
    ...{ told, holes, plateId },
    /** Planes come at one moment, some time after the last. */
    come(well: string, names: readonly string[], settled = names.length) {
      now += 20_000
      const field = write.field(acquisitionId, { well, name: well })
      for (const channel of names) write.plane(field, { channel })
      db.prepare('UPDATE plane SET enteredAt = ? WHERE enteredAt > ?').run(now, 1e12)
      const run = acquisitionsOf(db, plateId)[0]!
      holes.note({ kind: 'arrived', root: '/a', settled, files: 1, runs: [{ run, fields: [] }] })
    },
    rest(milliseconds: number) {
      now += milliseconds
      holes.note({ kind: 'listed', root: '/a', files: 1, waiting: 0, unmarked: [] })
    },
  }
}

const both = ['DAPI', 'GFP']

describe('while a plate is watched', () => {
  test('a plane is told once when it is late, and once when it is missing', () => {
    const at = watched(['A01', 'A02', 'A03', 'A04', 'A05', 'A06', 'A07', 'A08'])
    for (const well of ['A01', 'A02']) at.come(well, both)
    at.come('A03', ['DAPI'])
    for (const well of ['A04', 'A05', 'A06', 'A07']) at.come(well, both)
    const hole = { plate: 'BR1', folder: '/a', well: 'A03', channel: 'GFP', planes: 1, more: 0 }
    expect(at.told).toEqual([{ kind: 'late', ...hole }])
    at.rest(3_600_000)
    at.rest(3_600_000)
    expect(at.told.slice(1)).toEqual([
      {
        kind: 'missing',
        plate: 'BR1',
        folder: '/a',
        well: 'A08',
        channel: null,
        planes: 2,
        more: 0,
      },
      { kind: 'missing', ...hole },
    ])
    expect(at.holes.counts({ plateId: at.plateId })).toMatchObject({ here: 13, missing: 3 })
  })

  test('a channel that never came is one line', () => {
    const at = watched(['A01', 'A02', 'A03'])
    for (const well of ['A01', 'A02', 'A03']) at.come(well, ['DAPI'])
    at.rest(3_600_000)
    expect(at.told).toEqual([
      {
        kind: 'missing',
        plate: 'BR1',
        folder: '/a',
        well: null,
        channel: 'GFP',
        planes: 3,
        more: 0,
      },
    ])
  })

  test('no more is told than can be read', () => {
    const wells = Array.from({ length: 90 }, (_, i) => `A${String(i + 1).padStart(2, '0')}`)
    const at = watched(wells)
    at.come('A01', both)
    at.rest(3_600_000)
    expect(at.told).toHaveLength(50)
    expect(at.told.at(-1)!.more).toBe(39)
  })

  test('what had ended before is not told again', () => {
    const at = watched(['A01', 'A02'])
    at.come('A01', both)
    at.rest(3_600_000)
    expect(at.told).toHaveLength(1)
    at.come('A01', [], 0)
    at.rest(10_000)
    expect(at.told).toHaveLength(1)
  })
})
