import { describe, expect, test } from 'vitest'
import { migrate } from '#workstation/store/migrate.ts'
import { arrivalsOf, departures, promiseTexts } from '#workstation/store/arrivals.ts'
import { keepPromise } from '#workstation/store/promises.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter, WRITTEN_AT } from '../../support/written-plates.ts'

function written() {
  const db = memoryDb()
  const plate = plateWriter(db)
  return { db, plate, plateId: plate.plate() }
}

describe('arrivals', () => {
  test('are the planes of wells with the moment at which they were entered, in that order', () => {
    const { db, plate, plateId } = written()
    const before = Date.now() - 1
    const run = plate.run(plateId, '/a')
    const late = plate.field(run, { well: 'H12', name: 'H12' })
    const planes = [
      plate.plane(late),
      plate.plane(plate.field(run, {})),
      plate.plane(late, { projection: 1 }),
    ]
    plate.plane(plate.field(run, { well: null, site: null, name: 'x.tif' }))
    const rows = arrivalsOf(db, plateId, null)
    expect(rows.map(({ planeId }) => planeId)).toEqual(planes)
    for (const { at } of rows) expect(at).toBeGreaterThan(before)
    expect(rows.map(({ projection }) => projection)).toEqual([0, 0, 1])
    expect(rows[0]).toMatchObject({ well: 'H12', channel: 'DAPI', acquisitionId: run })
  })

  test('after one are those that came since, of this plate only', () => {
    const { db, plate, plateId } = written()
    const field = plate.field(plate.run(plateId, '/a'), {})
    const first = plate.plane(field)
    const other = plate.plate('other')
    plate.plane(plate.field(plate.run(other, '/b'), {}))
    const next = plate.plane(field, { channel: 'GFP' })
    expect(arrivalsOf(db, plateId, first).map(({ planeId }) => planeId)).toEqual([next])
    expect(arrivalsOf(db, plateId, next)).toEqual([])
  })

  test('of a store from before go by when they were judged', () => {
    const db = memoryDb(100)
    const plate = plateWriter(db)
    const plateId = plate.plate()
    const field = plate.field(plate.run(plateId, '/a'), {})
    plate.verdict(plate.plane(field), 'pass', { at: WRITTEN_AT })
    plate.plane(field, { channel: 'GFP' })
    migrate(db, ':memory:')
    expect(arrivalsOf(db, plateId, null).map(({ at }) => at)).toEqual([Date.parse(WRITTEN_AT), 0])
  })

  test('are to be read again once an image turned out to be of elsewhere', () => {
    const { db, plate, plateId } = written()
    const plane = plate.plane(plate.field(plate.run(plateId, '/a'), {}))
    const before = departures(db, plateId)
    plate.identifiedAs(plane, plate.field(plate.run(plate.plate('other'), '/b'), {}))
    expect(departures(db, plateId)).not.toBe(before)
    expect(arrivalsOf(db, plateId, null)).toEqual([])
  })
})

test('promises are told apart by their text, run by run', () => {
  const { db, plate, plateId } = written()
  const [one, two] = [plate.run(plateId, '/a'), plate.run(plateId, '/b')]
  keepPromise(db, { acquisitionId: two, blocks: [], format: null })
  expect([...promiseTexts(db, plateId)]).toEqual([
    [one, { blocks: null }],
    [two, { blocks: '[]' }],
  ])
})
