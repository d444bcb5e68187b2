import { describe, expect, test } from 'vitest'
import { PlateSummary, WellRow } from '#contract/plates.ts'
import type { PlateId } from '#core/brand.ts'
import { plateSummary, wellRows } from '#workstation/desk/plate-picture.ts'
import { appendDecision } from '#workstation/store/decisions.ts'
import { formerPlaces } from '#workstation/store/fields.ts'
import { keepPromise } from '#workstation/store/promises.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter, WRITTEN_AT } from '../../support/written-plates.ts'

function written() {
  const db = memoryDb()
  const plate = plateWriter(db)
  return { db, plate, plateId: plate.plate() }
}

function block(wells: readonly string[], channels: readonly string[] = ['DAPI', 'GFP']) {
  return {
    wells,
    sites: [1, 2],
    channels: channels.map((name, i) => ({ wave: i + 1, name })),
    z: [1],
    t: [1],
  }
}

describe('the wells of a plate', () => {
  test('tell apart what was not imaged, what is empty and what has cells', () => {
    const { db, plate, plateId } = written()
    const acquisitionId = plate.run(plateId, '/a')
    keepPromise(db, { acquisitionId, blocks: [block(['A01', 'A02', 'A03', 'A04'])], format: null })
    for (const [well, count] of [
      ['A02', 0],
      ['A03', 31],
    ] as const) {
      const field = plate.field(acquisitionId, { well })
      plate.objects(field, [plate.plane(field)], { count })
    }
    plate.plane(plate.field(acquisitionId, { well: 'A04' }))
    const rows = wellRows(db, plateId)
    rows.forEach(row => WellRow.parse(row))
    expect(
      rows.map(({ well, expected, fields, objects }) => [well, expected, fields, objects]),
    ).toEqual([
      ['A01', 4, 0, null],
      ['A02', 4, 1, 0],
      ['A03', 4, 1, 31],
      ['A04', 4, 1, null],
    ])
    expect(rows[0]!.states).toEqual({
      waiting: 0,
      pass: 0,
      fail: 0,
      'cannot-judge': 0,
      unreadable: 0,
    })
  })

  test('are in the order of the plate, each at its place', () => {
    const { db, plate, plateId } = written()
    const run = plate.run(plateId, '/a')
    for (const well of ['B01', 'AA01', 'A10', 'A02']) plate.plane(plate.field(run, { well }))
    expect(wellRows(db, plateId)).toMatchObject([
      { well: 'A02', row: 0, column: 1, expected: null },
      { well: 'A10', row: 0, column: 9 },
      { well: 'B01', row: 1, column: 0 },
      { well: 'AA01', row: 26, column: 0 },
    ])
  })

  test('have as much of what is promised as came, whatever else came', () => {
    const { db, plate, plateId } = written()
    const run = plate.run(plateId, '/a')
    keepPromise(db, { acquisitionId: run, blocks: [block(['A01', 'A02', 'A03'])], format: null })
    for (const [well, site] of [
      ['A01', 1],
      ['A01', 2],
      ['A02', 1],
      ['A02', 2],
      ['A02', 3],
      ['B07', 1],
    ] as const) {
      const field = plate.field(run, { well, site, name: `${well}_s${site}` })
      for (const channel of ['DAPI', 'GFP']) {
        if (well !== 'A01' || channel === 'DAPI') plate.plane(field, { channel })
      }
      plate.plane(field, { projection: 1 })
    }
    const rows = wellRows(db, plateId).map(({ well, expected, arrived }) => [
      well,
      expected,
      arrived,
    ])
    expect(rows).toEqual([
      ['A01', 4, 2],
      ['A02', 4, 4],
      ['A03', 4, 0],
      ['B07', 0, 0],
    ])
    expect(plateSummary(db, plateId)).toMatchObject({ expected: 12, arrived: 6 })
  })

  test('have promised projections, which are no steps of a stack', () => {
    const { db, plate, plateId } = written()
    const run = plate.run(plateId, '/a')
    const projections = { ...block(['A01', 'A02']), projection: true as const }
    keepPromise(db, { acquisitionId: run, blocks: [projections], format: null })
    plate.plane(plate.field(run, { well: 'A01', site: 1, name: 'A01_s1' }), { projection: 1 })
    plate.plane(plate.field(run, { well: 'A02', site: 1, name: 'A02_s1' }))
    expect(wellRows(db, plateId)).toMatchObject([
      { well: 'A01', expected: 4, arrived: 1 },
      { well: 'A02', expected: 4, arrived: 0 },
    ])
    expect(plateSummary(db, plateId)).toMatchObject({ expected: 8, arrived: 1 })
  })

  test('have all that came where nothing is promised', () => {
    const { db, plate, plateId } = written()
    const field = plate.field(plate.run(plateId, '/a'), {})
    plate.plane(field)
    plate.plane(field, { projection: 1 })
    expect(wellRows(db, plateId)).toMatchObject([{ expected: null, arrived: 2 }])
    expect(plateSummary(db, plateId)).toMatchObject({ expected: null, arrived: 2 })
  })

  test('count every reason of a plane', () => {
    const { db, plate, plateId } = written()
    const field = plate.field(plate.run(plateId, '/a'), {})
    plate.verdict(plate.plane(field), 'fail', { reasons: ['debris', 'defocus'] })
    plate.verdict(plate.plane(field, { channel: 'GFP' }), 'fail', { reasons: ['defocus'] })
    expect(wellRows(db, plateId)).toMatchObject([
      { reasons: { debris: 1, defocus: 2 }, flagged: 2 },
    ])
  })

  test('are flagged until somebody has decided', () => {
    const { db, plate, plateId } = written()
    const field = plate.field(plate.run(plateId, '/a'), {})
    const planes = ['DAPI', 'GFP', 'RFP', 'BF'].map(channel => plate.plane(field, { channel }))
    plate.verdict(planes[0]!, 'fail')
    plate.verdict(planes[1]!, 'cannot-judge')
    plate.fault(planes[2]!, 'image-corrupt')
    plate.verdict(planes[3]!, 'pass')
    expect(wellRows(db, plateId)).toMatchObject([{ flagged: 3 }])
    appendDecision(db, {
      planeId: planes[1]!,
      word: 'accept',
      note: '',
      state: 'cannot-judge',
      reasons: '[]',
      activityId: null,
      operator: 'Mara',
      osUser: 'mara',
      machine: 'microscope-pc',
      at: WRITTEN_AT,
    })
    expect(wellRows(db, plateId)).toMatchObject([{ flagged: 2 }])
    expect(plateSummary(db, plateId)).toMatchObject({ flagged: 2 })
  })

  test('can be asked for by name', () => {
    const { db, plate, plateId } = written()
    const acquisitionId = plate.run(plateId, '/a')
    keepPromise(db, { acquisitionId, blocks: [block(['A01', 'A02', 'B05'])], format: null })
    for (const well of ['A01', 'A02']) plate.plane(plate.field(acquisitionId, { well }))
    const all = wellRows(db, plateId)
    expect(wellRows(db, plateId, ['B05', 'A02', 'H12'])).toEqual(
      all.filter(({ well }) => well !== 'A01'),
    )
  })

  test('expect a plane once that two imaging runs promise', () => {
    const { db, plate, plateId } = written()
    const [first, second] = ['/a', '/b'].map(folder => plate.run(plateId, folder))
    keepPromise(db, { acquisitionId: first!, blocks: [block(['A01', 'A02'])], format: null })
    keepPromise(db, {
      acquisitionId: second!,
      blocks: [block(['A02'], ['DAPI', 'RFP'])],
      format: null,
    })
    expect(wellRows(db, plateId)).toMatchObject([{ expected: 4 }, { expected: 6 }])
    expect(plateSummary(db, plateId)).toMatchObject({ expected: 10 })
  })

  test('are none for loose images', () => {
    const { db, plate, plateId } = written()
    plate.plane(plate.field(plate.run(plateId, '/a'), { well: null, name: 'x.tif', site: null }))
    expect(wellRows(db, plateId)).toEqual([])
    expect(plateSummary(db, plateId)).toMatchObject({ wells: 0, fields: 1, states: { waiting: 1 } })
  })
})

describe('the summary of a plate', () => {
  test('counts what counts, over all of its imaging runs', () => {
    const { db, plate, plateId } = written()
    const first = plate.run(plateId, '/plates/monday', ['DAPI', 'GFP'])
    for (const well of ['A01', 'A02']) {
      const field = plate.field(first, { well })
      const planes = ['DAPI', 'GFP'].map(channel => plate.plane(field, { channel }))
      plate.verdict(planes[0]!, 'pass', { at: '2026-03-01T08:00:00.000Z' })
      plate.verdict(planes[1]!, 'fail', { at: '2026-03-01T08:00:01.500Z' })
      plate.objects(field, planes, { count: 8 })
    }
    const again = plate.field(plate.run(plateId, '/plates/tuesday', ['DAPI', 'RFP']), {})
    const planes = ['DAPI', 'GFP'].map(channel => plate.plane(again, { channel }))
    plate.verdict(planes[1]!, 'pass', { at: '2026-03-02T10:00:00.000Z' })
    const summary = PlateSummary.parse(plateSummary(db, plateId))
    expect(summary).toEqual({
      plateId,
      name: 'BR00117',
      acquisitions: 2,
      instrument: 'ImageXpress',
      folder: '/plates/tuesday',
      channels: ['DAPI', 'RFP', 'GFP'],
      wells: 2,
      fields: 2,
      expected: null,
      arrived: 4,
      states: { waiting: 1, pass: 2, fail: 1, 'cannot-judge': 0, unreadable: 0 },
      flagged: 1,
      objects: 8,
      firstAt: '2026-03-01T08:00:00.000Z',
      lastAt: '2026-03-02T10:00:00.000Z',
      identifiedOtherwise: false,
    })
  })

  test('has no times before anything was judged', () => {
    const { db, plate, plateId } = written()
    plate.run(plateId, '/a')
    expect(plateSummary(db, plateId)).toMatchObject({ firstAt: null, lastAt: null, fields: 0 })
  })

  test('is none for a plate that is not there', () => {
    expect(plateSummary(memoryDb(), 7 as PlateId)).toBeUndefined()
  })
})

test('a plate is told from one whose images were all identified otherwise', () => {
  const { db, plate, plateId } = written()
  const byName = plate.plate('by name')
  const run = plate.run(byName, '/a')
  const told = () => plateSummary(db, byName)!.identifiedOtherwise
  expect(told()).toBe(false)
  const planes = ['w1', 'w2'].map(channel => plate.plane(plate.field(run, {}), { channel }))
  const field = plate.field(plate.run(plateId, '/a'), {})
  plate.identifiedAs(planes[0]!, field, { channel: 'DAPI' })
  expect(told()).toBe(false)
  plate.identifiedAs(planes[1]!, field, { channel: 'GFP' })
  expect(told()).toBe(true)
  expect(formerPlaces(db, [field])).toEqual([{ plateId: byName, well: 'A01' }])
  expect(formerPlaces(db, [plate.field(run, {})])).toEqual([])
})
