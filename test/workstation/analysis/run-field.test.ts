import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { NUCLEI_FLUORESCENCE } from '#core/recipe.ts'
import type { FieldJob, PlaneSource } from '#workstation/analysis/job.ts'
import { runField } from '#workstation/analysis/run-field.ts'
import { startPool, type WorkerPool } from '#workstation/analysis/worker-pool.ts'
import type { WorkerLimits } from '#workstation/analysis/worker-process.ts'
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
  return { key, path, page: 0, channel: 'DAPI', z: 0, projection: false, sharpness: null }
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
