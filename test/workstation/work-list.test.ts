import { appendFile, rename, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NUCLEI_FLUORESCENCE, type Recipe } from '#core/recipe.ts'
import { enterAcquisitions } from '#workstation/enter-acquisitions.ts'
import { diskAccess } from '#workstation/intake/disk.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import type { EnteredRun } from '#workstation/intake/register-acquisition.ts'
import { surveyFolder } from '#workstation/intake/survey-folder.ts'
import { informedBy, listActivities } from '#workstation/store/activities.ts'
import { faultsOf } from '#workstation/store/faults.ts'
import { currentPlanes } from '#workstation/store/fields.ts'
import { createWorkList, type WorkList } from '#workstation/work-list.ts'
import type { WorkNews } from '#workstation/work-news.ts'
import type { Workstation } from '#workstation/workstation.ts'
import { openedWorkstation, until, writePlate } from '../support/live-store.ts'
import { temporaryFolder } from '../support/stores.ts'

/** What was told, a word each. */
function tellInto(news: string[]): (told: WorkNews) => void {
  return told => {
    if (told.kind !== 'field') return void news.push(told.kind)
    const { field, planes, analysis } = told.done
    for (const { plane, outcome } of planes) {
      const word = outcome.result.ok ? outcome.result.value.verdict : outcome.result.fault.kind
      news.push(`${field.name} ${plane.channel} ${word}`)
    }
    if (analysis !== null) news.push(`${field.name} objects`)
  }
}

async function enterFolder(workstation: Workstation, folder: string): Promise<EnteredRun> {
  const identified = await identifyAcquisitions(await surveyFolder(folder), 'auto', diskAccess())
  if (!identified.ok) throw new Error(JSON.stringify(identified.fault))
  const entered = enterAcquisitions(workstation, folder, identified.value.acquisitions)
  if (!entered.ok) throw new Error(JSON.stringify(entered.fault))
  return entered.value[0]!
}

function listOf(workstation: Workstation, news: string[]): WorkList {
  return createWorkList(workstation, tellInto(news), cause => {
    throw cause
  })
}

async function begin(promised: number | null) {
  const folder = temporaryFolder()
  const plate = join(folder, 'plate')
  await writePlate(plate)
  const workstation = openedWorkstation(folder)
  const run = await enterFolder(workstation, plate)
  const news: string[] = []
  const work = listOf(workstation, news)
  return {
    folder,
    plate,
    workstation,
    run,
    news,
    work,
    arrived: { ...run, promised, isAway: async () => false },
  }
}

const VERDICTS = ['A01_s1 DAPI', 'A01_s1 FITC', 'A02_s1 DAPI', 'A02_s1 FITC']

test('verdicts come first, objects when a field is complete, the sum when nothing more comes', async () => {
  const { run, news, work, arrived } = await begin(2)
  work.take(arrived, 'first')
  await until('all objects', () => news.filter(word => word.endsWith('objects')).length === 2)
  expect(news.slice(0, 2).every(word => !word.endsWith('objects'))).toBe(true)
  expect(work.open()).toEqual([])
  work.calm([run.run.id])
  await until('the sum', () => news.includes('plate'))
  expect(news.filter(word => VERDICTS.some(plane => word.startsWith(plane))).length).toBe(4)
  await work.stop()
})

test('a field of which planes are missing waits until nothing more comes', async () => {
  const { run, news, work, arrived } = await begin(3)
  work.take(arrived, 'first')
  await until('all verdicts', () => news.length === 4 && work.open().length === 0)
  expect(news.some(word => word.endsWith('objects'))).toBe(false)
  work.calm([run.run.id])
  await until('the sum', () => news.includes('plate'))
  expect(news.filter(word => word.endsWith('objects')).length).toBe(2)
  await work.stop()
})

test('what is taken up twice is done once', async () => {
  const { workstation, run, news, work, arrived } = await begin(2)
  for (let i = 0; i < 5; i += 1) work.take(arrived, i % 2 === 0 ? 'first' : 'last')
  work.calm([run.run.id])
  await until('the sum', () => news.includes('plate') && work.open().length === 0)
  // Four verdicts, two analyses, one sum.
  expect(listActivities(workstation.store.db).length).toBe(7)
  await work.stop()
})

test('another recipe takes everything up again and doubles nothing', async () => {
  const { workstation, run, news, work, arrived } = await begin(2)
  const stricter: Recipe = { ...NUCLEI_FLUORESCENCE, name: 'stricter' }
  work.take(arrived, 'first')
  await until('a verdict', () => news.length > 0)
  for (const recipe of [stricter, NUCLEI_FLUORESCENCE, stricter]) {
    expect(workstation.useRecipe(recipe, 'to see').ok).toBe(true)
    work.restart()
  }
  work.calm([run.run.id])
  await until('the sum', () => news.includes('plate') && work.open().length === 0)
  const activities = listActivities(workstation.store.db)
  const of = (hash: string) => activities.filter(({ recipeHash }) => recipeHash === hash)
  expect(
    of(workstation.recorder.recipeHash)
      .map(({ kind }) => kind)
      .toSorted(),
  ).toEqual(['aggregation', 'analysis', 'analysis', 'quality', 'quality', 'quality', 'quality'])
  expect(new Set(activities.map(({ id }) => id)).size).toBe(activities.length)
  await work.stop()
})

test('other rules need no raw file: the plate is judged and summed up while its folder is away', async () => {
  const { folder, plate, workstation, run, news, work, arrived } = await begin(2)
  const { quality } = NUCLEI_FLUORESCENCE
  const rules = quality.rules.map(rule => ({ ...rule, limit: rule.limit / 2 }))
  work.take(arrived, 'first')
  work.calm([run.run.id])
  await until('the sum', () => news.includes('plate'))
  await rename(plate, join(folder, 'away'))
  const told = news.length
  const changed = { ...NUCLEI_FLUORESCENCE, quality: { ...quality, rules } }
  expect(workstation.useRecipe(changed, 'to see').ok).toBe(true)
  work.restart()
  await until('the sum again', () => news.slice(told).includes('plate'))
  const again = news.slice(told)
  expect(again.filter(word => VERDICTS.some(plane => word.startsWith(plane))).length).toBe(4)
  expect(again.filter(word => word.endsWith('objects')).length).toBe(2)
  expect(again.some(word => word.includes('file-not-found'))).toBe(false)
  const { db } = workstation.store
  const own = listActivities(db).filter(
    ({ recipeHash }) => recipeHash === workstation.recorder.recipeHash,
  )
  expect(own.length).toBe(7)
  expect(own.every(({ id }) => informedBy(db, id).length > 0)).toBe(true)
  await work.stop()
})

test('while the share is away nothing is tried, and all of it when it is back', async () => {
  const { folder, plate, workstation, run, news, work, arrived } = await begin(2)
  const id = [run.run.id]
  await rename(plate, join(folder, 'away'))
  work.take(arrived, 'first')
  await until('no work', () => work.open().length === 0)
  work.hold(id)
  work.take(arrived, 'first')
  await until('no work', () => work.open().length === 0)
  expect(news).toEqual([])
  expect(faultsOf(workstation.store.db, run.run.id)).toEqual([])
  await rename(join(folder, 'away'), plate)
  work.release(id)
  await until('objects', () => news.filter(word => word.endsWith('objects')).length === 2)
  await work.stop()
})

test('a file is missing when its folder is there without it, and only then', async () => {
  const { plate, workstation, run, news, work, arrived } = await begin(2)
  const { db } = workstation.store
  const [lost] = currentPlanes(db, run.run.id)
  await rm(lost!.path)
  work.take({ ...arrived, isAway: async () => true }, 'first')
  const verdicts = () => news.filter(word => VERDICTS.some(plane => word.startsWith(plane)))
  await until('all but one', () => verdicts().length === 3 && work.open().length === 0)
  expect(faultsOf(db, run.run.id)).toEqual([])
  work.release([run.run.id])
  work.take(arrived, 'first')
  const missed = () => news.filter(word => word.endsWith('file-not-found')).length
  await until('a fault', () => missed() === 1)
  // However often it is tried, it is noted once.
  work.release([run.run.id])
  await until('the fault again', () => missed() === 2)
  expect(faultsOf(db, run.run.id)).toMatchObject([{ kind: 'file-not-found', path: lost!.path }])
  expect(lost!.path.startsWith(plate)).toBe(true)
  await work.stop()
})

test('a file is judged in the version in which it came, and in no other', async () => {
  const { workstation, run, news, work, arrived } = await begin(2)
  const { db } = workstation.store
  const [rewritten, cut] = currentPlanes(db, run.run.id)
  await appendFile(rewritten!.path, 'more')
  await truncate(cut!.path, 1000)
  work.take(arrived, 'first')
  work.calm([run.run.id])
  await until('the sum', () => news.includes('plate') && work.open().length === 0)
  const verdicts = news.filter(word => VERDICTS.some(plane => word.startsWith(plane)))
  expect(verdicts.length).toBe(2)
  // What is written now comes as another version: of this one there is nothing to say.
  expect(faultsOf(db, run.run.id)).toEqual([])
  await work.stop()
})

test('a full disk halts the work, and what was left is done when there is room again', async () => {
  const { workstation, run, news, work, arrived } = await begin(2)
  const { db } = workstation.store
  const pages = db.pragma('page_count', { simple: true }) as number
  db.pragma(`max_page_count = ${pages}`)
  work.take(arrived, 'first')
  await until('the halt', () => news.includes('halted'))
  expect(news.filter(word => word === 'halted').length).toBe(1)
  const before = listActivities(db).length
  expect(before).toBeLessThan(6)
  db.pragma(`max_page_count = ${pages + 100_000}`)
  work.restart()
  work.calm([run.run.id])
  // What was in hand may be done after a first sum, which is then made again.
  await until('the sum of all', () =>
    listActivities(db).some(
      ({ id, kind }) => kind === 'aggregation' && informedBy(db, id).length === 2,
    ),
  )
  expect(listActivities(db).filter(({ kind }) => kind !== 'aggregation').length).toBe(6)
  await work.stop()
})

test('stopping drops what has not begun and commits what has', async () => {
  const { workstation, news, work, arrived } = await begin(2)
  work.take(arrived, 'first')
  await work.stop()
  work.take(arrived, 'first')
  const done = listActivities(workstation.store.db).length
  expect(done).toBe(news.length)
  expect(done).toBeLessThan(6)
})
