import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { Inference, type Provider } from '#core/infer/inference-params.ts'
import { NUCLEI_FLUORESCENCE, type Recipe } from '#core/recipe.ts'
import type { FieldJob, PlaneSource } from '#workstation/analysis/job.ts'
import { runField } from '#workstation/analysis/run-field.ts'
import { startPool, type WorkerPool } from '#workstation/analysis/worker-pool.ts'
import type { WorkerLimits, WorkerLoss } from '#workstation/analysis/worker-process.ts'
import { temporaryFolder } from '../../support/stores.ts'

const ROOMY: WorkerLimits = { deadlineMs: 60_000, memoryBytes: 2 ** 30 }

function pool(limits: WorkerLimits): WorkerPool {
  const workers = startPool(1, limits)
  onTestFinished(() => workers.end())
  return workers
}

/** Two bright discs on an uneven ground. */
function writeDiscs(path: string, side = 96): void {
  const pixels = Uint16Array.from({ length: side * side }, (_, i) => {
    const x = i % side
    const y = Math.floor(i / side)
    const inside = [24, 70].some(c => (x - c) ** 2 + (y - 48) ** 2 < 100)
    return (inside ? 3000 : 300) + ((x * 7 + y * 13) % 17)
  })
  writeFileSync(path, encodeTiff({ width: side, height: side, pixels }))
}

function source(path: string, key: number): PlaneSource {
  return {
    key,
    path,
    page: 0,
    channel: 'DAPI',
    z: 0,
    projection: false,
    sharpness: null,
    pixelSize: null,
  }
}

function job(store: string, sources: readonly PlaneSource[]): FieldJob {
  const analyse = { segmented: 'DAPI', candidates: sources, store, networks: [] }
  return { kind: 'field', judge: sources, analyse, recipe: NUCLEI_FLUORESCENCE }
}

describe('a field in a worker', () => {
  test('comes back judged and measured, its artifacts kept', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'artifacts'))
    const path = join(folder, 'A01.tif')
    writeDiscs(path)
    const reply = await runField(pool(ROOMY), job(folder, [source(path, 7)]))
    expect(reply.planes).toMatchObject([{ key: 7, file: { path }, result: { ok: true } }])
    expect(reply.analysis).toMatchObject({ result: { ok: true, value: { count: 2 } } })
  })

  test('gives the same content twice', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'A01.tif')
    writeDiscs(path)
    const workers = pool(ROOMY)
    const results = [
      await runField(workers, job(folder, [source(path, 1)])),
      await runField(workers, job(folder, [source(path, 1)])),
    ].map(({ analysis }) => (analysis!.result.ok ? analysis!.result.value : null))
    expect(results[1]).toEqual(results[0])
  })

  test('keeps its good planes when one cannot be read', async () => {
    const folder = temporaryFolder()
    const good = join(folder, 'good.tif')
    const bad = join(folder, 'bad.tif')
    writeDiscs(good)
    writeFileSync(bad, 'II*\0 and then nothing of use')
    const reply = await runField(pool(ROOMY), job(folder, [source(bad, 1), source(good, 2)]))
    expect(reply.planes.map(({ result }) => result.ok)).toEqual([false, true])
    expect(reply.analysis?.result.ok).toBe(true)
  })
})

describe('a lost worker', () => {
  test('past its deadline costs its plane a named fault', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'A01.tif')
    writeDiscs(path)
    const reply = await runField(pool({ ...ROOMY, deadlineMs: 0 }), job(folder, [source(path, 1)]))
    expect(reply.planes[0]!.result).toMatchObject({
      ok: false,
      fault: { kind: 'deadline-exceeded', path },
    })
  })

  test('beyond its memory costs its plane a named fault', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'A01.tif')
    // Large enough to keep a worker busy for longer than its watchdog sleeps.
    writeDiscs(path, 1500)
    const tight = { ...ROOMY, memoryBytes: 40 * 2 ** 20 }
    const reply = await runField(pool(tight), job(folder, [source(path, 1)]))
    expect(reply.planes[0]!.result).toMatchObject({
      ok: false,
      fault: { kind: 'memory-exceeded', path },
    })
  })

  test('is replaced: the next field is served', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'A01.tif')
    writeDiscs(path)
    const workers = pool(ROOMY)
    const senseless = { kind: 'field', judge: ['no plane'], analyse: null }
    const crashed = await workers.run(senseless as never, { priority: 'judge' })
    expect(crashed).toMatchObject({ ok: false, loss: { why: 'ended' } })
    const reply = await runField(workers, job(folder, [source(path, 1)]))
    expect(reply.planes[0]!.result.ok).toBe(true)
  })
})

describe('a worker that is lost while networks look', () => {
  const networks = (...providers: readonly Provider[]): Recipe => ({
    ...NUCLEI_FLUORESCENCE,
    infer: Inference.parse({ models: ['paper-nuclei@1.0.0'], providers }),
  })

  /** A pool that loses the first job, and answers the others with what they asked for. */
  function losing(loss: WorkerLoss) {
    const asked: (readonly Provider[] | undefined)[] = []
    const served = { networks: [], provider: 'cpu', threads: 1, runtime: 'a', fellBack: null }
    const timed = { startedAt: '', endedAt: '' }
    const judged = { ok: true, value: { metrics: {} } }
    const run = async ({ recipe, judge }: FieldJob) => {
      asked.push(recipe.infer?.providers)
      if (asked.length === 1) return { ok: false, loss }
      const planes = judge.map(({ key }) => ({ ...timed, key, file: null, result: judged }))
      const result = { ok: true, value: { count: 3, prediction: { served } } }
      return { ok: true, reply: { kind: 'field', planes, analysis: { ...timed, result } } }
    }
    const workers = { size: 1, limits: ROOMY, run } as unknown as WorkerPool
    return { workers, asked }
  }

  const ofRecipe = (recipe: Recipe): FieldJob => ({
    ...job('store', [source('A01.tif', 1)]),
    recipe,
  })

  test.each<readonly [WorkerLoss, string]>([
    [{ why: 'deadline' }, 'cuda: it was not done in time, with 60 seconds a step'],
    [{ why: 'ended', detail: 'SIGSEGV' }, 'cuda: its process was lost (SIGSEGV)'],
  ])('has the field done on the CPU, which says why: %j', async (loss, fellBack) => {
    const { workers, asked } = losing(loss)
    const { analysis } = await runField(workers, ofRecipe(networks('cuda', 'cpu')))
    expect(asked.at(-1)).toEqual(['cpu'])
    expect(analysis?.result).toMatchObject({
      value: { count: 3, prediction: { served: { provider: 'cpu', fellBack } } },
    })
  })

  test.each<readonly [string, Recipe, WorkerLoss, readonly Provider[]]>([
    ['the CPU was to serve', networks('cpu'), { why: 'deadline' }, ['cpu']],
    ['memory was short', networks('cuda'), { why: 'memory' }, ['cuda']],
  ])('is asked the same again where %s', async (_, recipe, loss, providers) => {
    const { workers, asked } = losing(loss)
    const { analysis } = await runField(workers, ofRecipe(recipe))
    expect(asked.at(-1)).toEqual(providers)
    expect(analysis?.result).toMatchObject({
      value: { prediction: { served: { fellBack: null } } },
    })
  })
})
