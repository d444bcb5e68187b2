import { describe, expect, test } from 'vitest'
import type { PlaneId, PlateId } from '#core/brand.ts'
import type { WritableDb } from '#workstation/store/db.ts'
import { appendDecision, appendWithdrawal } from '#workstation/store/decisions.ts'
import {
  decidedInQuestion,
  IN_QUESTION,
  planeStanding,
  plateStandings,
  standByRecipe,
  supersedingRuns,
  wellFields,
  wellStandings,
} from '#workstation/store/standing.ts'
import { queryPlans } from '../../support/query-plans.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter, WRITTEN_AT, type PlateWriter } from '../../support/written-plates.ts'

function written(): { db: WritableDb; plate: PlateWriter; plateId: PlateId } {
  const db = memoryDb()
  const plate = plateWriter(db)
  return { db, plate, plateId: plate.plate() }
}

const sign = { operator: 'Mara', osUser: 'mara', machine: 'microscope-pc', at: WRITTEN_AT }

describe('how a plane stands', () => {
  test('is waiting until it is judged, then what the newest verdict says', () => {
    const { db, plate, plateId } = written()
    const plane = plate.plane(plate.field(plate.run(plateId, '/a'), {}))
    expect(planeStanding(db, plane)).toMatchObject({ state: 'waiting', judgedAt: null })
    plate.verdict(plane, 'fail', { reasons: ['defocus'], at: '2026-03-01T08:00:00.125Z' })
    expect(planeStanding(db, plane)).toMatchObject({
      state: 'fail',
      reasons: '["defocus"]',
      judgedAt: Date.parse('2026-03-01T08:00:00.125Z'),
    })
    plate.verdict(plane, 'pass')
    expect(planeStanding(db, plane)).toMatchObject({ state: 'pass', reasons: '[]' })
  })

  test('is unreadable by the kind of its fault', () => {
    const { db, plate, plateId } = written()
    const plane = plate.plane(plate.field(plate.run(plateId, '/a'), {}))
    plate.fault(plane, 'image-truncated')
    expect(planeStanding(db, plane)).toMatchObject({
      state: 'unreadable',
      reasons: '["image-truncated"]',
    })
  })

  test('is not changed by a fault that another try may not meet again', () => {
    const { db, plate, plateId } = written()
    const field = plate.field(plate.run(plateId, '/a'), {})
    const [judged, waiting] = [plate.plane(field), plate.plane(field, { channel: 'GFP' })]
    plate.verdict(judged, 'pass')
    plate.fault(judged, 'file-locked', true)
    plate.fault(waiting, 'file-locked', true)
    expect(planeStanding(db, judged)).toMatchObject({ state: 'pass' })
    expect(planeStanding(db, waiting)).toMatchObject({ state: 'unreadable', sequence: null })
    plate.verdict(waiting, 'pass')
    expect(planeStanding(db, waiting)).toMatchObject({ state: 'pass' })
  })
})

describe('a field that is imaged again', () => {
  test('supersedes plane by plane, by name, channel and depth', () => {
    const { db, plate, plateId } = written()
    const first = plate.field(plate.run(plateId, '/a'), {})
    const [dapi, gfp] = [plate.plane(first), plate.plane(first, { channel: 'GFP' })]
    const second = plate.field(plate.run(plateId, '/b'), {})
    const again = plate.plane(second)
    expect(planeStanding(db, dapi)).toMatchObject({ supersededBy: again })
    expect(planeStanding(db, gfp)).toMatchObject({ supersededBy: null })
    expect(wellFields(db, plateId)).toMatchObject([{ well: 'A01', fields: 2 }])
    plate.plane(second, { channel: 'GFP' })
    expect(wellFields(db, plateId)).toMatchObject([{ well: 'A01', fields: 1 }])
  })

  test('tells which runs took the place of which', () => {
    const { db, plate, plateId } = written()
    const runs = ['/a', '/b', '/c'].map(folder => plate.run(plateId, folder))
    for (const run of [runs[0]!, runs[2]!]) plate.plane(plate.field(run, {}))
    const rewritten = plate.field(runs[1]!, { name: 'B02_s1', well: 'B02' })
    plate.plane(rewritten, { path: '/b/B02.tif' })
    plate.plane(rewritten, { path: '/b/B02.tif' })
    expect(supersedingRuns(db, plateId)).toEqual([{ run: 0, by: 2 }])
  })

  test('is not superseded by what comes late from an earlier run', () => {
    const { db, plate, plateId } = written()
    const [first, second] = ['/a', '/b'].map(folder => plate.field(plate.run(plateId, folder), {}))
    const later = plate.plane(second!)
    const late = plate.plane(first!)
    expect(planeStanding(db, later)).toMatchObject({ supersededBy: null })
    expect(planeStanding(db, late)).toMatchObject({ supersededBy: later })
  })

  test('takes its objects out of the well until they are found again', () => {
    const { db, plate, plateId } = written()
    const first = plate.field(plate.run(plateId, '/a'), {})
    plate.objects(first, [plate.plane(first)], { count: 12 })
    expect(wellFields(db, plateId)).toMatchObject([{ fields: 1, analysed: 1, objects: 12 }])
    const second = plate.field(plate.run(plateId, '/b'), {})
    const again = plate.plane(second)
    expect(wellFields(db, plateId)).toMatchObject([{ fields: 1, analysed: 0, objects: 0 }])
    plate.objects(second, [again], { count: 14 })
    expect(wellFields(db, plateId)).toMatchObject([{ fields: 1, analysed: 1, objects: 14 }])
  })

  test('goes back to objects that were found in planes which still count', () => {
    const { db, plate, plateId } = written()
    const field = plate.field(plate.run(plateId, '/a'), {})
    const [dapi, gfp] = [plate.plane(field), plate.plane(field, { channel: 'GFP' })]
    plate.objects(field, [dapi], { count: 5 })
    plate.objects(field, [dapi, gfp], { count: 7 })
    plate.plane(field, { channel: 'GFP' })
    expect(wellFields(db, plateId)).toMatchObject([{ objects: 5 }])
  })

  test('is another plane on another plate', () => {
    const { db, plate, plateId } = written()
    const other = plate.plate('BR00118')
    const plane = plate.plane(plate.field(plate.run(plateId, '/a'), {}))
    plate.plane(plate.field(plate.run(other, '/b'), {}))
    expect(planeStanding(db, plane)).toMatchObject({ supersededBy: null })
  })
})

describe('an image that is identified otherwise', () => {
  function identifiedTwice() {
    const { db, plate, plateId } = written()
    const byName = plate.plate('by name')
    const former = plate.field(plate.run(byName, '/a'), {})
    const planes = ['w1', 'w2'].map(channel => plate.plane(former, { channel }))
    plate.verdict(planes[0]!, 'fail', { reasons: ['defocus'] })
    plate.objects(former, planes, { count: 12 })
    const field = plate.field(plate.run(plateId, '/a/plate'), {})
    const identify = (i: number, channel: string, to = field): PlaneId =>
      plate.identifiedAs(planes[i]!, to, { channel })
    return { db, plate, plateId, byName, former, planes, identify }
  }

  test('counts once, as what it was identified as last', () => {
    const { db, plateId, byName, planes, identify } = identifiedTwice()
    const dapi = identify(0, 'DAPI')
    expect(planeStanding(db, planes[0]!)).toMatchObject({ supersededBy: dapi, elsewhere: 1 })
    expect(wellFields(db, byName)).toEqual([{ well: 'A01', fields: 1, analysed: 0, objects: 0 }])
    identify(1, 'GFP')
    expect(wellStandings(db, byName)).toEqual([])
    expect(wellFields(db, byName)).toEqual([])
    expect(wellStandings(db, plateId)).toMatchObject([{ state: 'waiting', planes: 2 }])
  })

  test('takes earlier versions of its file with it', () => {
    const { db, plate, plateId, byName, former, planes } = identifiedTwice()
    const rewritten = plate.plane(former, { channel: 'w1' })
    const dapi = plate.identifiedAs(rewritten, plate.field(plate.run(plateId, '/a/plate'), {}))
    for (const plane of [planes[0]!, rewritten]) {
      expect(planeStanding(db, plane)).toMatchObject({ supersededBy: dapi, elsewhere: 1 })
    }
    expect(wellStandings(db, byName)).toMatchObject([{ state: 'waiting', planes: 1 }])
  })

  test('lets what it stood in for count again', () => {
    const { db, plate, byName, planes, identify } = identifiedTwice()
    const wrong = plate.field(plate.run(byName, '/b'), {})
    const stranger = plate.plane(wrong, { channel: 'w1' })
    expect(planeStanding(db, planes[0]!)).toMatchObject({ supersededBy: stranger, elsewhere: 0 })
    plate.identifiedAs(stranger, plate.field(plate.run(plate.plate('other'), '/b'), {}))
    expect(planeStanding(db, planes[0]!)).toMatchObject({ supersededBy: null })
    expect(wellFields(db, byName)).toMatchObject([{ fields: 1, objects: 12 }])
    identify(0, 'DAPI')
    expect(wellFields(db, byName)).toMatchObject([{ fields: 1, objects: 0 }])
  })

  test('can be identified as what it was before', () => {
    const { db, plateId, byName, former, planes, identify } = identifiedTwice()
    const [dapi, gfp] = [identify(0, 'DAPI'), identify(1, 'GFP')]
    for (const [i, channel] of ['w1', 'w2'].entries()) {
      expect(identify(i, channel, former)).toBe(planes[i])
    }
    expect(planeStanding(db, dapi)).toMatchObject({ supersededBy: planes[0], elsewhere: 1 })
    expect(planeStanding(db, gfp)).toMatchObject({ supersededBy: planes[1], elsewhere: 1 })
    expect(wellFields(db, byName)).toMatchObject([{ fields: 1, objects: 12 }])
    expect(wellFields(db, plateId)).toEqual([])
  })

  test('is found by its file', async () => {
    const { db } = identifiedTwice()
    const former = 'SELECT planeId FROM formerIdentity WHERE laterId = 7'
    const plans = await queryPlans(db, () => db.prepare(former).all())
    expect(plans.filter(({ step }) => step.startsWith('SCAN'))).toEqual([])
  })
})

describe('a plane that is judged again', () => {
  test('is as old as it was', () => {
    const { db, plate, plateId } = written()
    const run = plate.run(plateId, '/a')
    const plane = plate.plane(plate.field(run, {}))
    plate.fault(plane, 'file-locked', true)
    const strict = plate.recipe('a')
    plate.verdict(plane, 'fail', { at: '2026-03-01T09:00:00.000Z' })
    const judgedAt = Date.parse('2026-03-01T09:00:00.000Z')
    expect(planeStanding(db, plane)).toMatchObject({ state: 'fail', judgedAt })
    plate.recipe('b')
    plate.verdict(plane, 'pass', { at: '2026-03-05T09:00:00.000Z' })
    expect(planeStanding(db, plane)).toMatchObject({ state: 'pass', judgedAt })
    const stand = plateStandings(db, plateId).find(({ state }) => state === 'pass')
    expect(stand).toMatchObject({ planes: 1, lastAt: judgedAt })
    standByRecipe(db, run, strict)
    expect(planeStanding(db, plane)).toMatchObject({ state: 'fail', judgedAt })
  })
})

describe('a recipe that is used again', () => {
  test('lets planes and objects stand as it found them', () => {
    const { db, plate, plateId } = written()
    const run = plate.run(plateId, '/a')
    const field = plate.field(run, {})
    const planes = ['DAPI', 'GFP', 'RFP'].map(channel => plate.plane(field, { channel }))
    const states = () => planes.map(plane => planeStanding(db, plane)!.state)
    const strict = plate.recipe('a')
    plate.verdict(planes[0]!, 'fail', { reasons: ['defocus'] })
    plate.fault(planes[1]!, 'image-corrupt')
    plate.objects(field, [planes[0]!], { count: 5 })
    const lenient = plate.recipe('b')
    plate.verdict(planes[0]!, 'pass')
    plate.verdict(planes[1]!, 'pass')
    plate.verdict(planes[2]!, 'pass')
    plate.objects(field, [planes[0]!], { count: 6 })
    standByRecipe(db, run, strict)
    // The strict recipe has not seen the third yet.
    expect(states()).toEqual(['fail', 'unreadable', 'pass'])
    expect(wellStandings(db, plateId)).toMatchObject([
      { well: 'A01', state: 'fail', reasons: '["defocus"]', planes: 1 },
      { well: 'A01', state: 'pass', reasons: '[]', planes: 1 },
      { well: 'A01', state: 'unreadable', reasons: '["image-corrupt"]', planes: 1 },
    ])
    expect(wellFields(db, plateId)).toMatchObject([{ objects: 5 }])
    standByRecipe(db, run, lenient)
    expect(states()).toEqual(['pass', 'pass', 'pass'])
    expect(wellFields(db, plateId)).toMatchObject([{ objects: 6 }])
  })

  test('gives way to what it finds now', () => {
    const { db, plate, plateId } = written()
    const run = plate.run(plateId, '/a')
    const plane = plate.plane(plate.field(run, {}))
    const strict = plate.recipe('a')
    plate.verdict(plane, 'fail')
    plate.recipe('b')
    plate.verdict(plane, 'cannot-judge')
    standByRecipe(db, run, strict)
    plate.recipe('a')
    plate.verdict(plane, 'pass')
    expect(planeStanding(db, plane)).toMatchObject({ state: 'pass' })
  })

  test('says nothing about other imaging runs', () => {
    const { db, plate, plateId } = written()
    const [first, second] = ['/a', '/b'].map(folder => plate.run(plateId, folder))
    const plane = plate.plane(plate.field(first!, {}))
    const strict = plate.recipe('a')
    plate.verdict(plane, 'fail')
    plate.recipe('b')
    plate.verdict(plane, 'pass')
    standByRecipe(db, second!, strict)
    expect(planeStanding(db, plane)).toMatchObject({ state: 'pass' })
  })

  test('finds what it found by indexes', async () => {
    const { db, plate, plateId } = written()
    const run = plate.run(plateId, '/a')
    const plans = await queryPlans(db, () => standByRecipe(db, run, plate.recipe('a')))
    expect(plans.filter(({ step }) => /^SCAN (?!judged|found|analysed)/.test(step))).toEqual([])
  })
})

describe('the planes of wells', () => {
  test('are counted by how they stand, superseded ones not', () => {
    const { db, plate, plateId } = written()
    const run = plate.run(plateId, '/a')
    const field = plate.field(run, { well: 'B02' })
    const planes = [0, 1, 2].map(z => plate.plane(field, { z }))
    plate.verdict(planes[0]!, 'fail', { reasons: ['debris', 'defocus'] })
    plate.verdict(planes[1]!, 'fail', { reasons: ['debris', 'defocus'] })
    plate.plane(plate.field(run, { well: null, name: 'loose.tif' }))
    expect(wellStandings(db, plateId)).toMatchObject([
      { well: '', state: 'waiting', reasons: '[]', planes: 1 },
      { well: 'B02', state: 'fail', reasons: '["debris","defocus"]', planes: 2 },
      { well: 'B02', state: 'waiting', reasons: '[]', planes: 1 },
    ])
    plate.plane(field, { z: 0 })
    expect(wellStandings(db, plateId, ['B02'])).toMatchObject([
      { state: 'fail', planes: 1 },
      { state: 'waiting', planes: 2 },
    ])
    expect(plateStandings(db, plateId)).toMatchObject([
      { state: 'fail', planes: 1, firstAt: Date.parse(WRITTEN_AT), lastAt: Date.parse(WRITTEN_AT) },
      { state: 'waiting', planes: 3, firstAt: null, lastAt: null },
    ])
  })

  test('that somebody decided about are counted as long as they are in question and it stands', () => {
    const { db, plate, plateId } = written()
    const field = plate.field(plate.run(plateId, '/a'), {})
    const [failed, passed] = [plate.plane(field), plate.plane(field, { channel: 'GFP' })]
    plate.verdict(failed, 'fail', { reasons: ['defocus'] })
    plate.verdict(passed, 'pass')
    const decide = (planeId: typeof failed): number => {
      const machine = { state: 'fail', reasons: '[]', activityId: null }
      return appendDecision(db, { planeId, word: 'accept', note: '', ...sign, ...machine })
    }
    const decisions = [decide(failed), decide(failed), decide(passed)]
    expect(decidedInQuestion(db, plateId)).toEqual([{ plateId, well: 'A01', planes: 1 }])
    expect(decidedInQuestion(db, null)).toEqual([{ plateId, well: 'A01', planes: 1 }])
    expect(decidedInQuestion(db, 99 as PlateId)).toEqual([])
    for (const decisionId of decisions) appendWithdrawal(db, { decisionId, ...sign })
    expect(decidedInQuestion(db, plateId)).toEqual([])
  })
})

describe('a plate of many', () => {
  const plan = (db: WritableDb, sql: string): readonly string[] =>
    db
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => detail)

  test.each([
    {
      what: 'its wells',
      sql: 'SELECT well, state, reasons, planes FROM wellStanding WHERE plateId = 1 AND planes > 0',
      plan: ['SEARCH wellStanding USING PRIMARY KEY (plateId=?)'],
    },
    {
      what: 'one of its wells',
      sql: `SELECT planes FROM wellStanding WHERE plateId = 1 AND planes > 0 AND well IN ('A01')`,
      plan: ['SEARCH wellStanding USING PRIMARY KEY (plateId=? AND well=?)'],
    },
    {
      what: 'its fields, without reading a row of their table',
      sql: `SELECT well, count(*), count(objects), sum(objects) FROM fieldStanding
            WHERE plateId = 1 AND counts = 1 GROUP BY well`,
      plan: ['SEARCH fieldStanding USING COVERING INDEX fieldOfPlate (plateId=?)'],
    },
    {
      what: 'its planes in question',
      sql: `SELECT planeId FROM planeStanding WHERE plateId = 1 AND ${IN_QUESTION}`,
      plan: ['SEARCH planeStanding USING INDEX planeInQuestion (plateId=?)'],
    },
    {
      what: 'its planes in the order in which they were judged',
      sql: `SELECT planeId FROM planeStanding WHERE plateId = 1 AND sequence > 5 ORDER BY sequence`,
      plan: [
        'SEARCH planeStanding USING COVERING INDEX planeByJudgement (plateId=? AND sequence>?)',
      ],
    },
    {
      what: 'what else was imaged at a place',
      sql: `SELECT planeId FROM planeStanding
            WHERE plateId = 1 AND well IS NULL AND field = 'a.tif' AND channel = 'DAPI' AND z = 0
              AND projection = 0 AND run > 0`,
      plan: [
        'SEARCH planeStanding USING COVERING INDEX planeByPlace (plateId=? AND well=? AND field=? AND channel=? AND z=? AND projection=? AND run>?)',
      ],
    },
  ])('finds $what by an index', ({ sql, plan: expected }) => {
    expect(plan(memoryDb(), sql)).toEqual(expected)
  })

  test('supersedes by the place, whatever the size of the store', () => {
    const steps = plan(
      memoryDb(),
      `UPDATE planeStanding SET supersededBy = 7 FROM planeStanding AS mine
       WHERE mine.planeId = 7
         AND planeStanding.plateId = mine.plateId AND planeStanding.well IS mine.well
         AND planeStanding.field = mine.field AND planeStanding.channel = mine.channel
         AND planeStanding.z = mine.z AND planeStanding.projection = mine.projection
         AND planeStanding.elsewhere = 0 AND planeStanding.supersededBy IS mine.supersededBy
         AND planeStanding.planeId <> 7`,
    )
    expect(steps[0]).toBe('SEARCH mine USING INTEGER PRIMARY KEY (rowid=?)')
    expect(steps[1]).toMatch(
      /^SEARCH planeStanding USING INDEX planeByPlace \(plateId=\? AND well=\? AND field=\?/,
    )
  })
})
