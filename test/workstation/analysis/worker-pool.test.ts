import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { NUCLEI_FLUORESCENCE } from '#core/recipe.ts'
import type { FieldJob } from '#workstation/analysis/job.ts'
import { startPool, type Priority, type WorkerPool } from '#workstation/analysis/worker-pool.ts'
import { temporaryFolder } from '../../support/stores.ts'

function pool(size: number): WorkerPool {
  const workers = startPool(size)
  onTestFinished(() => workers.end())
  return workers
}

/** Judges small planes, one where nobody says how many. */
function job(planes = 1): FieldJob {
  const path = join(temporaryFolder(), 'A01.tif')
  const pixels = Uint16Array.from({ length: 64 * 64 }, (_, i) => 300 + (i % 17))
  writeFileSync(path, encodeTiff({ width: 64, height: 64, pixels }))
  const at = {
    path,
    page: 0,
    channel: 'DAPI',
    z: 0,
    projection: false,
    sharpness: null,
    pixelSize: null,
  }
  const judge = Array.from({ length: planes }, (_, key) => ({ ...at, key }))
  return { kind: 'field', judge, analyse: null, recipe: NUCLEI_FLUORESCENCE }
}

test('who waits is served by urgency, equals in the order of asking', async () => {
  const workers = pool(1)
  const served: string[] = []
  const ask = async (priority: Priority, name: string): Promise<void> => {
    await workers.run(job(), { priority })
    served.push(name)
  }
  await Promise.all([
    ask('analyse', 'the one that had begun'),
    ask('aggregate', 'summary'),
    ask('analyse', 'objects 1'),
    ask('analyse', 'objects 2'),
    ask('judge', 'verdict'),
    ask('view', 'picture'),
  ])
  expect(served).toEqual([
    'the one that had begun',
    'picture',
    'verdict',
    'objects 1',
    'objects 2',
    'summary',
  ])
})

test('while verdicts are waited for, objects leave one worker free', async () => {
  const workers = pool(2)
  await Promise.all([1, 2].map(() => workers.run(job(), { priority: 'judge' })))
  const finished: string[] = []
  const long = 40
  const objects = [1, 2].map(async () => {
    await workers.run(job(long), { priority: 'analyse' })
    finished.push('objects')
  })
  await workers.run(job(), { priority: 'judge' })
  finished.push('verdict')
  await Promise.all(objects)
  expect(finished).toEqual(['verdict', 'objects', 'objects'])
})

test('a job that is not wanted any more is dropped while it waits', async () => {
  const workers = pool(1)
  const first = workers.run(job(), { priority: 'analyse' })
  const leaving = new AbortController()
  const unwanted = workers.run(job(), { priority: 'view', signal: leaving.signal })
  const wanted = workers.run(job(), { priority: 'view', signal: new AbortController().signal })
  leaving.abort(new Error('scrolled away'))
  await expect(unwanted).rejects.toThrow('scrolled away')
  await expect(first).resolves.toMatchObject({ ok: true })
  await expect(wanted).resolves.toMatchObject({ ok: true })
})

test('a job that was not wanted from the start never begins', async () => {
  const turn = { priority: 'view', signal: AbortSignal.abort(new Error('gone')) } as const
  await expect(pool(1).run(job(), turn)).rejects.toThrow('gone')
})

test('a job that has begun is finished, wanted or not', async () => {
  const leaving = new AbortController()
  const begun = pool(1).run(job(), { priority: 'view', signal: leaving.signal })
  await Promise.resolve()
  leaving.abort()
  await expect(begun).resolves.toMatchObject({ ok: true })
})
