import fc from 'fast-check'
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { NUCLEI_FLUORESCENCE, recipeHash, type Recipe } from '#core/recipe.ts'
import type { FieldJob, Job } from '#workstation/analysis/job.ts'
import {
  aggregateAcquisition,
  processAcquisition,
} from '#workstation/analysis/process-acquisition.ts'
import { takeUpFields } from '#workstation/analysis/take-up-fields.ts'
import type { WorkerPool } from '#workstation/analysis/worker-pool.ts'
import { reproduceStore } from '#workstation/record/reproduce-store.ts'
import { verifyStore } from '#workstation/record/verify-store.ts'
import { runFolder } from '#workstation/run-folder.ts'
import { artifactOf, informedBy, listActivities } from '#workstation/store/activities.ts'
import { all } from '#workstation/store/db.ts'
import { fieldsOf } from '#workstation/store/fields.ts'
import { openStoreReader } from '#workstation/store/open-store.ts'
import { listAcquisitions } from '#workstation/store/plates.ts'
import { artifactPath } from '#workstation/record/artifacts.ts'
import { openWorkstation, type Workstation } from '#workstation/workstation.ts'
import { writePlate } from '../../support/live-store.ts'
import { recordsBy } from '../../support/store-contents.ts'
import { valueOf } from '../../support/value-of.ts'

const A = NUCLEI_FLUORESCENCE
const { quality } = A
const STRICTER: Recipe = {
  ...A,
  quality: {
    ...quality,
    rules: quality.rules.map(rule => ({ ...rule, limit: 0.9 * rule.limit })),
  },
}

const LEARNT = { planes: 3, metrics: { edge_sharpness: { median: 0.3, mad: 0.01 } } }

// A plate of six fields, some of them empty, blurred or damaged, that recipe A has judged and analysed.
const folder = mkdtempSync(join(tmpdir(), 'parfocal-earlier-'))
const plate = join(folder, 'plate')
const worked = join(folder, 'worked')
let stores = 0

beforeAll(async () => {
  const defects = { defocus: 0.2, empty: 0.2, truncated: 0.2 }
  await writePlate(plate, { wells: 6, seed: 4, defects })
  const workstation = opened(worked, A)
  await complete(workstation)
  workstation.close()
})

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

function opened(storeFolder: string, recipe: Recipe): Workstation {
  return valueOf(openWorkstation({ storeFolder, recipe }))
}

function newStore(): string {
  stores += 1
  return join(folder, `store-${stores}`)
}

/** A copy of the store that recipe A worked, opened by another recipe, and what its workers are asked. */
function reopened(recipe: Recipe, change: (workstation: Workstation) => void = () => undefined) {
  const store = newStore()
  cpSync(worked, store, { recursive: true })
  const workstation = opened(store, recipe)
  onTestFinished(() => {
    if (workstation.store.db.open) workstation.close()
  })
  change(workstation)
  const asked: FieldJob[] = []
  const pool: WorkerPool = {
    ...workstation.pool,
    run<J extends Job>(job: J, turn: Parameters<WorkerPool['run']>[1]) {
      if (job.kind === 'field') asked.push(job)
      return workstation.pool.run(job, turn)
    },
  }
  return { store, workstation, asked, bench: { ...workstation, pool } }
}

async function complete(workstation: Workstation): Promise<void> {
  valueOf(await runFolder(workstation, plate, { naming: null, qualityOnly: false }))
}

/** Works all runs of the store from what it knows; the folder is not looked at. */
async function work(bench: Workstation, qualityOnly = false): Promise<void> {
  for (const acquisition of listAcquisitions(bench.store.db)) {
    const processed = await processAcquisition(bench, acquisition, { qualityOnly })
    expect(processed.ok).toBe(true)
    if (!qualityOnly) expect((await aggregateAcquisition(bench, acquisition)).ok).toBe(true)
  }
}

/** What was recorded by one recipe, and how much of it rests on earlier work. */
function countsBy({ store }: Workstation, recipe: Recipe): Record<string, number> {
  const own = listActivities(store.db).filter(row => row.recipeHash === recipeHash(recipe))
  const counts: Record<string, number> = {}
  for (const { id, kind } of own) {
    if (kind === 'aggregation') continue
    const name = informedBy(store.db, id).length === 0 ? kind : `${kind} taken up`
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

/** What nobody does but a disk that fails, or somebody with a database editor. */
function alter({ store }: Workstation, table: string, sql: string): void {
  store.db.exec(`DROP TRIGGER ${table}NeverChanges; ${sql}`)
}

async function expectSound(store: string): Promise<void> {
  const reader = valueOf(openStoreReader(store))
  expect((await verifyStore(reader)).problems).toEqual([])
  reader.close()
}

describe('a store that another recipe has worked before', () => {
  test('holds of a recipe with other rules, row for row, what a fresh store does', async () => {
    const limits = fc.array(fc.double({ min: 0.2, max: 3, noNaN: true }), {
      minLength: quality.rules.length,
      maxLength: quality.rules.length,
    })
    const drawn = fc.record({
      limits,
      without: fc.nat({ max: quality.rules.length - 1 }),
      deviation: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(drawn, async ({ limits, without, deviation }) => {
        const rules = quality.rules
          .map((rule, i) => ({ ...rule, limit: limits[i]! * rule.limit }))
          .filter((_, i) => i !== without)
        const baselines = deviation ? { DAPI: LEARNT } : {}
        const recipe: Recipe = { ...A, name: 'drawn', quality: { ...quality, rules, baselines } }
        const { store, workstation, asked, bench } = reopened(recipe)
        await work(bench)
        workstation.close()
        const fresh = newStore()
        const undisturbed = opened(fresh, recipe)
        await complete(undisturbed)
        undisturbed.close()
        const hash = recipeHash(recipe)
        expect(asked).toEqual([])
        expect(recordsBy(store, hash)).toEqual(recordsBy(fresh, hash))
        await expectSound(store)
      }),
      { numRuns: 4 },
    )
  })

  test('is worked by other rules without its raw files, and says on what each record rests', async () => {
    const { store, workstation, asked, bench } = reopened(STRICTER)
    renameSync(plate, `${plate}-away`)
    await work(bench).finally(() => renameSync(`${plate}-away`, plate))
    expect(asked).toEqual([])
    const { quality, analysis, ...taken } = countsBy(workstation, STRICTER)
    expect([quality, analysis]).toEqual([undefined, undefined])
    expect(taken['quality taken up']).toBe(12)
    expect(taken['analysis taken up']).toBeGreaterThan(2)
    workstation.close()
    await expectSound(store)
  })

  test('can be reproduced from the raw files, record for record', async () => {
    const { store, workstation, bench } = reopened(STRICTER)
    await work(bench)
    const scratch = newStore()
    cpSync(store, scratch, { recursive: true })
    const report = await reproduceStore(workstation.store, workstation.pool, scratch, null)
    expect(report.different).toEqual([])
    expect(report.equal).toBe(listActivities(workstation.store.db).length)
  })

  test('names a record whose origin was altered', async () => {
    const { store, workstation, bench } = reopened(STRICTER)
    await work(bench)
    const [one, other] = listActivities(workstation.store.db).filter(
      ({ id }) => informedBy(workstation.store.db, id).length === 1,
    )
    const origin = informedBy(workstation.store.db, other!.id)[0]!
    alter(
      workstation,
      'informed',
      `UPDATE informed SET byId = '${origin}' WHERE activityId = '${one!.id}'`,
    )
    workstation.close()
    const reader = valueOf(openStoreReader(store))
    const { problems } = await verifyStore(reader)
    reader.close()
    expect(problems.map(({ kind }) => kind)).toEqual(['record-altered'])
    expect(problems[0]!.where).toContain(one!.id)
  })

  test('gives objects only to who wants them', async () => {
    const { workstation, asked, bench } = reopened(STRICTER)
    await work(bench, true)
    expect(asked).toEqual([])
    expect(countsBy(workstation, STRICTER)).toEqual({ 'quality taken up': 12 })
  })
})

describe('pixels are read again', () => {
  const readable = (asked: readonly FieldJob[]): number =>
    asked.reduce((planes, { judge }) => planes + judge.length, 0)

  test('where metrics are taken in another way', async () => {
    const metrics = { ...quality.metrics, edgeSignificance: 4 }
    const recipe = { ...A, quality: { ...quality, metrics } }
    const { workstation, asked, bench } = reopened(recipe)
    await work(bench)
    const {
      'quality taken up': faults,
      quality: judged,
      ...analyses
    } = countsBy(workstation, recipe)
    // What cannot be read has no metrics.
    expect(faults! + judged!).toBe(12)
    expect(faults).toBe(unreadable(workstation))
    expect(readable(asked)).toBe(judged)
    expect(Object.keys(analyses)).toEqual(['analysis'])
  })

  test('where objects are looked for in another way, for the objects alone', async () => {
    const { workstation, asked, bench } = reopened({ ...A, seed: 5 })
    await work(bench)
    const { 'quality taken up': judged, ...analyses } = countsBy(workstation, { ...A, seed: 5 })
    expect(judged).toBe(12)
    expect(readable(asked)).toBe(0)
    expect(Object.keys(analyses)).toEqual(['analysis'])
  })

  test('where metrics were taken by another version of their stage', async () => {
    const { workstation, asked, bench } = reopened(STRICTER, workstation =>
      alter(
        workstation,
        'activity',
        `UPDATE activity SET stages = replace(stages, '"id":"quality.metrics","version":', '"id":"quality.metrics","version":9')`,
      ),
    )
    await work(bench)
    const faults = unreadable(workstation)
    expect(readable(asked)).toBe(12 - faults)
    expect(countsBy(workstation, STRICTER)).toMatchObject({
      quality: 12 - faults,
      'quality taken up': faults,
    })
  })

  test('where objects were found by another version of a stage, under another identity then', async () => {
    const { workstation, asked, bench } = reopened(STRICTER, ({ store: { db } }) => {
      db.pragma('foreign_keys = OFF')
      const other = (column: string): string => `${column} = 'x' || substr(${column}, 2)`
      for (const table of ['generated', 'fieldObjects', 'used', 'activity']) {
        const column = table === 'activity' ? 'id' : 'activityId'
        db.exec(`DROP TRIGGER ${table}NeverChanges`)
        db.exec(
          `UPDATE ${table} SET ${other(column)}
           WHERE ${column} IN (SELECT id FROM activity WHERE kind = 'analysis')`,
        )
      }
    })
    await work(bench)
    expect(readable(asked)).toBe(0)
    const { analysis, ...others } = countsBy(workstation, STRICTER)
    expect(analysis).toBe(asked.length)
    expect(others).toEqual({ 'quality taken up': 12 })
  })

  test('where another plane of a stack would be analysed by now', async () => {
    const { workstation, asked, bench } = reopened(STRICTER, workstation =>
      alter(
        workstation,
        'fieldObjects',
        `UPDATE fieldObjects SET planes = replace(planes, '"planeId":', '"planeId":9')
         WHERE fieldId = (SELECT min(fieldId) FROM fieldObjects)`,
      ),
    )
    await work(bench)
    expect(asked.length).toBe(1)
    expect(countsBy(workstation, STRICTER)).toMatchObject({ analysis: 1, 'quality taken up': 12 })
  })

  test('where the rows of a verdict are not what came out then', async () => {
    const { workstation, asked, bench } = reopened(STRICTER, workstation =>
      alter(
        workstation,
        'verdict',
        `UPDATE verdict SET metrics = replace(metrics, '"edge_sharpness":0', '"edge_sharpness":1')
         WHERE planeId = (SELECT min(planeId) FROM verdict)`,
      ),
    )
    await work(bench)
    expect(readable(asked)).toBe(1)
    expect(countsBy(workstation, STRICTER)).toMatchObject({ quality: 1, 'quality taken up': 11 })
  })

  test('where an artifact is gone, which is kept again then', async () => {
    const { store, workstation, asked, bench } = reopened(STRICTER)
    const { db } = workstation.store
    const [first] = listActivities(db).filter(({ kind }) => kind === 'analysis')
    const { location } = artifactOf(db, first!.id, 'labels')
    rmSync(artifactPath(store, location))
    await work(bench)
    expect(asked.length).toBe(1)
    expect(countsBy(workstation, STRICTER)).toMatchObject({ analysis: 1, 'quality taken up': 12 })
    workstation.close()
    await expectSound(store)
  })

  test.each([
    {
      why: 'where another version of the application could not read a file',
      sql: `INSERT INTO agent (id, kind, name, detail) VALUES (99, 'software', 'parfocal', 'older');
            UPDATE activity SET softwareId = 99 WHERE outcome = 'fault'`,
      table: 'activity',
    },
    {
      why: 'where the machine was too slow for a file',
      sql: `UPDATE fault SET kind = 'deadline-exceeded',
            fault = '{"kind":"deadline-exceeded","path":"' || path || '","seconds":60}'`,
      table: 'fault',
    },
  ])('$why', async ({ sql, table }) => {
    const { workstation, asked, bench } = reopened(STRICTER, workstation =>
      alter(workstation, table, sql),
    )
    await work(bench)
    expect(unreadable(workstation)).toBeGreaterThan(0)
    expect(readable(asked)).toBe(unreadable(workstation))
  })

  function unreadable({ store }: Workstation): number {
    return all(store.db, `SELECT DISTINCT path FROM fault`).length
  }
})

describe('taking up what was done', () => {
  test('leaves to others what is in their hands', async () => {
    const { workstation } = reopened(STRICTER)
    const [run] = listAcquisitions(workstation.store.db)
    const fields = fieldsOf(workstation.store.db, run!.id)
    const options = { qualityOnly: false, isInHand: () => true }
    for await (const taken of takeUpFields(workstation, run!, fields, options)) {
      expect(taken).toEqual({ ok: true, value: { fields, done: [] } })
    }
    expect(countsBy(workstation, STRICTER)).toEqual({})
  })

  test('that breaks off in the middle of a batch leaves nothing of it, and goes on from there', async () => {
    const { store, workstation, bench } = reopened(STRICTER)
    const { recorder } = workstation
    const [run] = listAcquisitions(workstation.store.db)
    const fields = fieldsOf(workstation.store.db, run!.id)
    let left = 3
    const broken: typeof recorder = {
      ...recorder,
      recordField(done) {
        recorder.recordField(done)
        left -= 1
        if (left === 0) throw new Error('power cut')
      },
    }
    const options = { qualityOnly: false, isInHand: () => false }
    const taking = takeUpFields({ ...workstation, recorder: broken }, run!, fields, options)
    await expect(taking.next()).rejects.toThrow('power cut')
    expect(countsBy(workstation, STRICTER)).toEqual({})
    await work(bench)
    expect(countsBy(workstation, STRICTER)['quality taken up']).toBe(12)
    workstation.close()
    await expectSound(store)
  })
})
