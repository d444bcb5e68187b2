import { describe, expect, test } from 'vitest'
import type { PlaneId, PlateId } from '#core/brand.ts'
import { ok } from '#core/fault.ts'
import { METRIC_NAMES } from '#core/quality/metrics.ts'
import { NUCLEI_FLUORESCENCE, recipeHash, type Recipe } from '#core/recipe.ts'
import { qualityAnswers } from '#workstation/desk/answer-quality.ts'
import { appendDecision } from '#workstation/store/decisions.ts'
import type { WritableDb } from '#workstation/store/db.ts'
import { metricsOf } from '../../support/quality-metrics.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter } from '../../support/written-plates.ts'
import { valueOf } from '../../support/value-of.ts'

const SHARP = metricsOf({
  StdIntensity: 0.1,
  foreground_fraction: 0.2,
  edge_fraction: 0.05,
  edge_sharpness: 0.2,
  background_level: 0.01,
})

/** A plate with one plane a well, DAPI, as sharp as it is told. */
function judgedPlate(db: WritableDb, sharpness: readonly (number | null)[]) {
  const write = plateWriter(db)
  const plateId = write.plate()
  const run = write.run(plateId, '/plates/one')
  const planeIds = sharpness.map((edge_sharpness, i) => {
    const planeId = write.plane(write.field(run, { well: `A0${i + 1}` }))
    if (edge_sharpness === null) write.fault(planeId, 'image-corrupt')
    else {
      const fails = edge_sharpness < 0.07
      write.verdict(planeId, fails ? 'fail' : 'pass', {
        reasons: fails ? ['out-of-focus'] : [],
        metrics: { ...SHARP, edge_sharpness },
      })
    }
    return planeId
  })
  return { write, plateId, run, planeIds }
}

function answersOf(db: WritableDb, recipe: Recipe = NUCLEI_FLUORESCENCE) {
  const recorder = { recipe, recipeHash: recipeHash(recipe) }
  return qualityAnswers({ store: { db }, recorder }, { useRecipe: () => ok(undefined) })
}

const NO_PLATE = 99 as PlateId

describe('quality.planes', () => {
  test('gives planes as columns in the order in which they were judged, with the metrics asked for', async () => {
    const db = memoryDb()
    const { plateId, planeIds } = judgedPlate(db, [0.2, 0.01, null])
    const reply = await answersOf(db)['quality.planes']({
      plateId,
      after: 0,
      metrics: ['edge_sharpness', 'edge_anisotropy'],
    })
    expect(valueOf(reply)).toMatchObject({
      more: false,
      planeId: planeIds,
      well: ['A01', 'A02', 'A03'],
      channel: ['DAPI', 'DAPI', 'DAPI'],
      state: ['pass', 'fail', 'unreadable'],
      reasons: ['', 'out-of-focus', 'image-corrupt'],
      metrics: { edge_sharpness: [0.2, 0.01, null], edge_anisotropy: [null, null, null] },
    })
  })

  test('gives after its cursor only what was judged since, and then nothing', async () => {
    const db = memoryDb()
    const { write, plateId, run } = judgedPlate(db, [0.2, 0.3])
    const answers = answersOf(db)
    const planesAfter = async (after: number) =>
      valueOf(await answers['quality.planes']({ plateId, after, metrics: [] }))
    const { cursor } = await planesAfter(0)
    expect(await planesAfter(cursor)).toMatchObject({ cursor, planeId: [], more: false })
    const later = write.plane(write.field(run, { well: 'B01' }))
    write.verdict(later, 'pass')
    expect(await planesAfter(cursor)).toMatchObject({ planeId: [later], well: ['B01'] })
  })

  test('leaves out a plane that was imaged again, and names both by one place', async () => {
    const db = memoryDb()
    const { write, plateId } = judgedPlate(db, [0.01])
    const answers = answersOf(db)
    const ask = async () =>
      valueOf(await answers['quality.planes']({ plateId, after: 0, metrics: [] }))
    const before = await ask()
    const again = write.plane(write.field(write.run(plateId, '/plates/two'), { well: 'A01' }))
    write.verdict(again, 'pass')
    const after = await ask()
    expect(after).toMatchObject({ planeId: [again], state: ['pass'] })
    expect(after.place).toEqual(before.place)
    expect(after.version).not.toEqual(before.version)
  })

  test('pages a large plate, every plane once', async () => {
    const db = memoryDb()
    const { write, plateId, run } = judgedPlate(db, [])
    const field = write.field(run, {})
    for (let z = 0; z < 9000; z += 1) write.verdict(write.plane(field, { z }), 'pass')
    const answers = answersOf(db)
    const seen: PlaneId[] = []
    const pages: boolean[] = []
    for (let after = 0, more = true; more;) {
      const page = valueOf(await answers['quality.planes']({ plateId, after, metrics: [] }))
      seen.push(...page.planeId)
      pages.push(page.more)
      ;({ cursor: after, more } = page)
    }
    expect(pages).toEqual([true, true, false])
    expect(new Set(seen).size).toBe(9000)
    expect(seen).toHaveLength(9000)
  })
})

describe('quality.preview', () => {
  const stricter = {
    ...NUCLEI_FLUORESCENCE.quality,
    rules: NUCLEI_FLUORESCENCE.quality.rules.map(rule =>
      rule.reason === 'out-of-focus' ? { ...rule, limit: 0.25 } : rule,
    ),
  }

  test('changes nothing by the rules that judged the plate', async () => {
    const db = memoryDb()
    const { plateId } = judgedPlate(db, [0.2, 0.3, 0.01, null])
    const { quality } = NUCLEI_FLUORESCENCE
    const preview = valueOf(await answersOf(db)['quality.preview']({ plateId, quality }))
    expect(preview).toMatchObject({ changed: 0, changes: [] })
    expect(preview.after).toEqual(preview.before)
  })

  test('says what a stricter limit would flag, and leaves unreadable and waiting planes alone', async () => {
    const db = memoryDb()
    const { write, run, plateId, planeIds } = judgedPlate(db, [0.2, 0.3, 0.01, null])
    write.plane(write.field(run, { well: 'H12' }))
    const preview = valueOf(await answersOf(db)['quality.preview']({ plateId, quality: stricter }))
    expect(preview).toMatchObject({
      before: { waiting: 1, pass: 2, fail: 1, 'cannot-judge': 0, unreadable: 1 },
      after: { waiting: 1, pass: 1, fail: 2, 'cannot-judge': 0, unreadable: 1 },
      changed: 1,
      changes: [
        { planeId: planeIds[0], well: 'A01', from: 'pass', to: 'fail', reasons: ['out-of-focus'] },
      ],
    })
  })

  test('counts every change and shows the first 500', async () => {
    const db = memoryDb()
    const { write, plateId, run } = judgedPlate(db, [])
    const field = write.field(run, {})
    for (let z = 0; z < 600; z += 1) {
      write.verdict(write.plane(field, { z }), 'pass', { metrics: SHARP })
    }
    const preview = valueOf(await answersOf(db)['quality.preview']({ plateId, quality: stricter }))
    expect(preview.changed).toBe(600)
    expect(preview.changes).toHaveLength(500)
  })
})

test('learns a baseline from planes that pass and nobody objects to, and from accepted ones', async () => {
  const db = memoryDb()
  const { plateId, planeIds } = judgedPlate(db, [0.2, 0.3, 0.01, 0.02, null])
  const decide = (planeId: PlaneId, word: 'accept' | 'reject') =>
    appendDecision(db, {
      planeId,
      word,
      note: '',
      operator: 'Ada',
      osUser: 'ada',
      machine: 'pc',
      at: '2026-03-01T09:00:00.000Z',
      state: 'fail',
      reasons: '[]',
      activityId: null,
    })
  decide(planeIds[1]!, 'reject')
  decide(planeIds[3]!, 'accept')
  const { baselines } = valueOf(await answersOf(db)['quality.learn']({ plateId }))
  expect(Object.keys(baselines)).toEqual(['DAPI'])
  expect(baselines['DAPI']).toMatchObject({
    planes: 2,
    metrics: { edge_sharpness: { median: 0.11, mad: 0.09 } },
  })
})

test('a plate that is not in the store is a fault', async () => {
  const answers = answersOf(memoryDb())
  const { quality } = NUCLEI_FLUORESCENCE
  const fault = { ok: false, fault: { kind: 'plate-not-found', plateId: NO_PLATE } }
  const plateId = NO_PLATE
  expect(
    await answers['quality.planes']({ plateId, after: 0, metrics: [...METRIC_NAMES] }),
  ).toEqual(fault)
  expect(await answers['quality.preview']({ plateId, quality })).toEqual(fault)
  expect(await answers['quality.learn']({ plateId })).toEqual(fault)
})
