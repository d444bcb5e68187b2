import { describe, expect, test } from 'vitest'
import type { WorkerAnswer } from '#workstation/analysis/worker-process.ts'
import type { WorkerPool } from '#workstation/analysis/worker-pool.ts'
import { WHOLE, writeView } from '#workstation/pixels/view-file.ts'
import type { ViewJob } from '#workstation/pixels/view-job.ts'
import { labelsView } from '#workstation/pixels/view.ts'
import { createViews, type Views } from '#workstation/pixels/views.ts'
import { temporaryFolder } from '../../support/stores.ts'

type Answer = WorkerAnswer<ViewJob>

const MADE: Answer = {
  ok: true,
  reply: { kind: 'view', result: { ok: true, value: { bytes: 100, missing: [] } } },
}

/** Views whose workers answer as they are told; the last answer is given again and again. */
function views(answers: readonly Answer[], limit = 1e6): { views: Views; asked: string[] } {
  const store = temporaryFolder()
  const asked: string[] = []
  let next = 0
  const pool: WorkerPool = {
    size: 2,
    limits: { deadlineMs: 7_000, memoryBytes: 2 ** 20 },
    run: job => {
      asked.push(job.kind)
      if (job.kind === 'sweep') {
        return Promise.resolve({ ok: true, reply: { kind: 'sweep', bytes: 0 } }) as never
      }
      const answer = answers[Math.min(next, answers.length - 1)]!
      next += 1
      if (answer === MADE) write((job as ViewJob).path)
      return Promise.resolve(answer) as never
    },
    prepare: () => undefined,
    end: () => undefined,
  }
  return { views: createViews(store, pool, limit), asked }
}

function write(path: string): void {
  const bytes = Uint8Array.of(1)
  const piece = { name: WHOLE, type: 'uint8', width: 1, height: 1, step: 1, bytes } as const
  writeView(path, `${path}.unfinished`, [piece])
}

const VIEW = labelsView('/store', 'ab/abc.labels.tif')
const wanted = new AbortController().signal

describe('a view whose worker is lost', () => {
  test('is tried once more, for the worker may have ended on account of something else', async () => {
    const { views: made, asked } = views([{ ok: false, loss: { why: 'ended', detail: '' } }, MADE])
    expect(await made.piece(VIEW, WHOLE, wanted)).toMatchObject({ ok: true })
    expect(asked.slice(0, 2)).toEqual(['view', 'view'])
  })

  test('twice is a fault that is remembered for a while', async () => {
    const loss = { why: 'ended', detail: 'SIGSEGV' } as const
    const { views: made, asked } = views([{ ok: false, loss }])
    for (let i = 0; i < 3; i += 1) {
      expect(await made.piece(VIEW, WHOLE, wanted)).toMatchObject({
        fault: { kind: 'worker-lost', path: VIEW.about, detail: 'SIGSEGV' },
      })
    }
    expect(asked).toEqual(['view', 'view'])
  })

  test('past its deadline is not tried again', async () => {
    const { views: made, asked } = views([{ ok: false, loss: { why: 'deadline' } }])
    expect(await made.piece(VIEW, WHOLE, wanted)).toMatchObject({
      fault: { kind: 'deadline-exceeded', seconds: 7 },
    })
    expect(asked).toEqual(['view'])
  })
})

describe('a view', () => {
  test('is made once for all who want it at the same time, and not again', async () => {
    const { views: made, asked } = views([MADE])
    const all = Array.from({ length: 5 }, () => made.piece(VIEW, WHOLE, wanted))
    for (const piece of await Promise.all(all)) expect(piece.ok).toBe(true)
    expect((await made.kept(VIEW, WHOLE))?.bytes.length).toBe(1)
    await made.piece(VIEW, WHOLE, wanted)
    expect(asked.filter(kind => kind === 'view')).toEqual(['view'])
  })

  test('that nobody wants from the start is not made', async () => {
    const { views: made, asked } = views([MADE])
    const gone = AbortSignal.abort(new Error('scrolled away'))
    await expect(made.piece(VIEW, WHOLE, gone)).rejects.toThrow('scrolled away')
    expect(asked).toEqual([])
  })

  test('that is gone as soon as it is made is a fault, not a loop', async () => {
    const nothing: Answer = { ...MADE }
    const { views: made } = views([nothing])
    expect(await made.piece(VIEW, WHOLE, wanted)).toMatchObject({
      fault: { kind: 'artifact-missing' },
    })
  })

  test('that fills the cache has it swept', async () => {
    const { views: made, asked } = views([MADE], 150)
    for (const name of ['aa/1', 'aa/2', 'aa/3']) {
      await made.piece(labelsView('/store', name), WHOLE, wanted)
      await Promise.resolve()
    }
    // The first of a session, because nobody knows how full the cache is; then when it is.
    expect(asked.filter(kind => kind === 'sweep').length).toBe(2)
  })
})
