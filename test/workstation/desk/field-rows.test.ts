import { describe, expect, test } from 'vitest'
import { FieldRow } from '#contract/plates.ts'
import { pixelVersion } from '#workstation/pixels/pixel-version.ts'
import { fieldRows, fieldsOfWell } from '#workstation/desk/field-rows.ts'
import { appendDecision } from '#workstation/store/decisions.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter, WRITTEN_AT } from '../../support/written-plates.ts'

function written() {
  const db = memoryDb()
  const plate = plateWriter(db)
  return { db, plate, plateId: plate.plate() }
}

describe('a field', () => {
  test('has its planes in the order of the instrument’s channels, projections after the stack', () => {
    const { db, plate, plateId } = written()
    const field = plate.field(plate.run(plateId, '/a', ['TRITC', 'DAPI']), {})
    plate.plane(field, { channel: 'DAPI' })
    plate.plane(field, { channel: 'TRITC', projection: 1 })
    plate.plane(field, { channel: 'TRITC', z: 2 })
    plate.plane(field, { channel: 'TRITC', z: 1 })
    const [row] = fieldRows(db, [field], 'newest')
    FieldRow.parse(row)
    expect(row!.planes.map(({ channel, z, projection }) => [channel, z, projection])).toEqual([
      ['TRITC', 1, false],
      ['TRITC', 2, false],
      ['TRITC', 0, true],
      ['DAPI', 0, false],
    ])
  })

  test('says of each plane what the machine and people said', () => {
    const { db, plate, plateId } = written()
    const field = plate.field(plate.run(plateId, '/a'), {})
    const planes = [plate.plane(field), plate.plane(field, { channel: 'GFP' })]
    plate.verdict(planes[0]!, 'fail', { reasons: ['defocus'] })
    plate.fault(planes[1]!, 'image-truncated')
    appendDecision(db, {
      planeId: planes[0]!,
      word: 'accept',
      note: 'good enough',
      state: 'fail',
      reasons: '["defocus"]',
      activityId: null,
      operator: 'Mara',
      osUser: 'mara',
      machine: 'microscope-pc',
      at: WRITTEN_AT,
    })
    const file = db
      .prepare<[number], Parameters<typeof pixelVersion>[0]>(
        'SELECT path, bytes, modified, page FROM plane JOIN file ON file.id = fileId WHERE plane.id = ?',
      )
      .get(planes[0]!)!
    expect(fieldRows(db, [field], 'counting')[0]!.planes).toMatchObject([
      {
        state: 'fail',
        reasons: ['defocus'],
        message: null,
        image: { width: 4, height: 3, bits: 16 },
        decision: { word: 'accept', by: 'Mara', note: 'good enough', withdrawn: false },
        version: pixelVersion(file),
      },
      {
        state: 'unreadable',
        reasons: ['image-truncated'],
        message:
          'The file ends before its image does (as written). Copy it again or image this plane again.',
        image: null,
        decision: null,
      },
    ])
  })

  test('that was imaged again leads to the newer image and back', () => {
    const { db, plate, plateId } = written()
    const fields = ['/a', '/b'].map(folder => plate.field(plate.run(plateId, folder), {}))
    const planes = fields.map(field => plate.plane(field))
    expect(fieldRows(db, fields, 'newest')).toMatchObject([
      { acquisition: 0, planes: [{ supersedes: null, supersededBy: planes[1] }] },
      { acquisition: 1, planes: [{ supersedes: planes[0], supersededBy: null }] },
    ])
    expect(fieldRows(db, fields, 'counting').map(row => row.planes.length)).toEqual([0, 1])
  })

  test('shows the last version of a file that was rewritten, and all of them when asked', () => {
    const { db, plate, plateId } = written()
    const field = plate.field(plate.run(plateId, '/a'), {})
    const versions = [plate.plane(field), plate.plane(field)]
    const ids = (choice: 'newest' | 'all') =>
      fieldRows(db, [field], choice)[0]!.planes.map(({ planeId }) => planeId)
    expect(ids('newest')).toEqual([versions[1]])
    expect(ids('all')).toEqual(versions)
  })

  test('has objects that were found in the images that it has now', () => {
    const { db, plate, plateId } = written()
    const field = plate.field(plate.run(plateId, '/a'), {})
    const plane = plate.plane(field)
    expect(fieldRows(db, [field], 'newest')[0]!.objects).toBeNull()
    plate.objects(field, [plane], { count: 3 })
    const record = plate.objects(field, [plane], { count: 4 })
    expect(fieldRows(db, [field], 'newest')[0]!.objects).toEqual({
      record,
      count: 4,
      channel: 'DAPI',
    })
    const again = plate.field(plate.run(plateId, '/b'), {})
    plate.plane(again)
    expect(fieldRows(db, [field], 'newest')[0]!.objects).toMatchObject({ count: 4 })
    plate.plane(field)
    expect(fieldRows(db, [field], 'newest')[0]!.objects).toBeNull()
  })

  test('that is not there is left out', () => {
    const { db, plate, plateId } = written()
    const field = plate.field(plate.run(plateId, '/a'), {})
    expect(fieldRows(db, [99 as typeof field, field], 'newest').map(row => row.fieldId)).toEqual([
      field,
    ])
  })
})

describe('the fields of a well', () => {
  test('come by site and time; those that were imaged again only when asked', () => {
    const { db, plate, plateId } = written()
    const [first, second] = ['/a', '/b'].map(folder => plate.run(plateId, folder))
    for (const site of [2, 1]) plate.plane(plate.field(first!, { site }))
    plate.plane(plate.field(first!, { well: 'A02' }))
    plate.plane(plate.field(second!, { site: 2 }))
    const places = (history: boolean) =>
      fieldsOfWell(db, plateId, 'A01', history).map(({ site, acquisition }) => [site, acquisition])
    expect(places(false)).toEqual([
      [1, 0],
      [2, 1],
    ])
    expect(places(true)).toEqual([
      [1, 0],
      [2, 0],
      [2, 1],
    ])
  })

  test('without a well are the loose images', () => {
    const { db, plate, plateId } = written()
    const run = plate.run(plateId, '/a')
    for (const name of ['b.tif', 'a.tif']) {
      plate.plane(plate.field(run, { well: null, site: null, name }))
    }
    plate.plane(plate.field(run, { well: 'A01' }))
    expect(fieldsOfWell(db, plateId, null, false).map(({ name }) => name)).toEqual([
      'a.tif',
      'b.tif',
    ])
  })
})
