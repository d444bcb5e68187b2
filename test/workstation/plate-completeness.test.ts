import { describe, expect, test } from 'vitest'
import type { AcquisitionId } from '#core/brand.ts'
import { createCompletenessReader } from '#workstation/plate-completeness.ts'
import { keepPromise } from '#workstation/store/promises.ts'
import { memoryDb } from '../support/stores.ts'
import { plateWriter } from '../support/written-plates.ts'

const HOUR = 3_600_000
const channels = [
  { wave: 1, name: 'DAPI' },
  { wave: 2, name: 'GFP' },
]

function bench() {
  const db = memoryDb()
  const write = plateWriter(db)
  const plateId = write.plate()
  let now = Date.now()
  const reader = createCompletenessReader(db, () => new Date(now))
  const promise = (acquisitionId: AcquisitionId, wells: readonly string[]) => {
    const block = { wells, sites: [1], channels, z: [0], t: [1] }
    keepPromise(db, { acquisitionId, blocks: [block], format: null })
  }
  return {
    ...{ db, write, plateId, reader, promise },
    wait: (milliseconds: number) => (now += milliseconds),
    well(run: AcquisitionId, well: string, names: readonly string[] = ['DAPI', 'GFP']) {
      const field = write.field(run, { well, name: `${well}_s1` })
      return names.map(channel => write.plane(field, { channel }))
    },
  }
}

describe('how complete a plate is', () => {
  test('follows what comes, and what the index promises more', () => {
    const { write, plateId, reader, promise, well } = bench()
    const run = write.run(plateId, '/a')
    promise(run, ['A01', 'A02'])
    const counts = () => reader.read(plateId, 9).holes.counts
    expect(counts()).toMatchObject({ here: 0, awaited: 4 })
    well(run, 'A01')
    expect(counts()).toMatchObject({ here: 2, awaited: 2 })
    expect(counts()).toMatchObject({ here: 2, awaited: 2 })
    well(run, 'A02', ['GFP'])
    expect(counts()).toMatchObject({ here: 3, awaited: 1 })
    promise(run, ['A01', 'A02', 'A03'])
    expect(counts()).toMatchObject({ here: 3, awaited: 3 })
  })

  test('is missing what did not come, once the run has been quiet', () => {
    const { write, plateId, reader, promise, well, wait } = bench()
    const run = write.run(plateId, '/a')
    promise(run, ['A01', 'A02'])
    well(run, 'A01')
    well(run, 'A02', ['GFP'])
    expect(reader.missing(plateId)).toEqual([])
    wait(HOUR)
    const plane = {
      well: 'A02',
      site: 1,
      channel: 'DAPI',
      z: 0,
      t: 1,
      projection: false,
      state: 'missing',
    }
    expect(reader.missing(plateId)).toEqual([plane])
    expect(reader.read(plateId, 9)).toMatchObject({
      holes: { planes: [plane] },
      runs: [{ going: 'ended', promise: 'planes', planes: 3 }],
    })
  })

  test('misses a projection that was promised, which no step stands for', () => {
    const { db, write, plateId, reader, wait } = bench()
    const run = write.run(plateId, '/a')
    const block = { wells: ['A01', 'A02'], sites: [1], channels: [channels[0]!], z: [0], t: [1] }
    const blocks = [{ ...block, projection: true as const }]
    keepPromise(db, { acquisitionId: run, blocks, format: null })
    write.plane(write.field(run, { well: 'A01', name: 'A01_s1' }), { projection: 1 })
    write.plane(write.field(run, { well: 'A02', name: 'A02_s1' }))
    wait(HOUR)
    expect(reader.missing(plateId)).toEqual([
      { well: 'A02', site: 1, channel: 'DAPI', z: 0, t: 1, projection: true, state: 'missing' },
    ])
  })

  test('does not miss what a later run has brought, and says that the earlier one did not', () => {
    const { write, plateId, reader, promise, well, wait } = bench()
    const run = write.run(plateId, '/a')
    promise(run, ['A01', 'A02'])
    well(run, 'A01')
    const again = write.run(plateId, '/b')
    well(again, 'A02')
    wait(HOUR)
    const { holes, runs } = reader.read(plateId, 9)
    expect(holes.counts).toMatchObject({ here: 4, missing: 0 })
    expect(runs).toMatchObject([
      { promise: 'planes', counts: { here: 2, missing: 2 } },
      { promise: 'none', planes: 2 },
    ])
  })

  test('counts an image no more that turned out to be of elsewhere', () => {
    const { write, plateId, reader, promise, well } = bench()
    const run = write.run(plateId, '/a')
    promise(run, ['A01'])
    const [plane] = well(run, 'A01')
    expect(reader.read(plateId, 9).holes.counts).toMatchObject({ here: 2 })
    write.identifiedAs(plane!, write.field(write.run(write.plate('other'), '/b'), {}))
    expect(reader.read(plateId, 9).holes.counts).toMatchObject({ here: 1, awaited: 1 })
  })

  test('is not told plane by plane where an index promises beyond reason', () => {
    const { db, write, plateId, reader } = bench()
    const acquisitionId = write.run(plateId, '/a')
    const t = Array.from({ length: 500_001 }, (_, i) => i)
    const block = { wells: ['A01'], sites: [1], channels, z: [0], t }
    keepPromise(db, { acquisitionId, blocks: [block], format: null })
    expect(reader.read(plateId, 9)).toMatchObject({
      runs: [{ promise: 'too-many' }],
      holes: { counts: { awaited: 0 } },
    })
  })

  test('is told of as many plates as one likes', () => {
    const { write, reader, promise, well } = bench()
    const plates = Array.from({ length: 6 }, (_, i) => write.plate(`P${i}`))
    for (const plateId of plates) {
      const run = write.run(plateId, `/${plateId}`)
      promise(run, ['A01'])
      well(run, 'A01')
    }
    for (const plateId of [...plates, ...plates]) {
      expect(reader.read(plateId, 9).holes.counts).toMatchObject({ here: 2, awaited: 0 })
    }
  })
})
