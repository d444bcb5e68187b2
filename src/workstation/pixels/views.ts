import { fail, ok, type Fault, type Result } from '#core/fault.ts'
import { lossFault } from '../analysis/run-field.ts'
import type { WorkerPool } from '../analysis/worker-pool.ts'
import { cacheFolder, noteUse, viewPath } from './view-cache.ts'
import { readPiece, type Piece } from './view-file.ts'
import type { MadeView, ViewJob } from './view-job.ts'
import type { View } from './view.ts'

/** What was made to look at, kept in the store's cache; made by the workers where it is missing. */
export interface Views {
  /**
   * A piece of a view, which is made first if it must be; null where it has none of this name.
   * Rejects only with the signal's reason.
   */
  piece(view: View, name: string, signal: AbortSignal): Promise<Result<Piece | null>>
  /** The piece if the view was made before. */
  kept(view: View, name: string): Promise<Piece | null>
  /** Makes a view unless it has this piece by now; together with whoever else wants it at the moment. */
  make(view: View, piece: string, signal: AbortSignal): Promise<Result<MadeView>>
}

/** A file that could not be shown is not tried again so soon: each try can cost a worker. */
const FAULT_HOLDS_MS = 30_000
/** The cache also grows by thumbnails that nobody asked for: it is looked at so often, while there are requests. */
const SWEPT_EVERY_MS = 10 * 60_000

const MOST_MAKINGS = 2

interface Making {
  readonly result: Promise<Result<MadeView>>
  readonly dropping: AbortController
  waiting: number
}

/** @param limit bytes that the cache may hold. */
export function createViews(store: string, pool: WorkerPool, limit: number): Views {
  const making = new Map<string, Making>()
  const faults = new Map<string, { readonly fault: Fault; readonly at: number }>()
  const fullness = { bytes: 0, sweptAt: -Infinity, sweeping: false }

  async function kept({ name }: View, piece: string): Promise<Piece | null> {
    const path = viewPath(store, name)
    const found = await readPiece(path, piece)
    if (found.state !== 'piece') return null
    void noteUse(path, found.usedAt)
    return found.piece
  }

  async function produce(
    view: View,
    piece: string,
    signal: AbortSignal,
  ): Promise<Result<MadeView>> {
    const failed = faults.get(view.name)
    if (failed !== undefined && performance.now() - failed.at < FAULT_HOLDS_MS) {
      return fail(failed.fault)
    }
    faults.delete(view.name)
    // Whoever asked a moment ago may have it made by now.
    if ((await kept(view, piece)) !== null) return ok({ bytes: 0, missing: [] })
    const path = viewPath(store, view.name)
    const made = await askWorker({ kind: 'view', view: view.order, store, path }, view, signal)
    if (made.ok) noteGrowth(made.value.bytes)
    else faults.set(view.name, { fault: made.fault, at: performance.now() })
    return made
  }

  /** A worker that ended may not have done so on account of this file: once more. */
  async function askWorker(
    job: ViewJob,
    { about }: View,
    signal: AbortSignal,
  ): Promise<Result<MadeView>> {
    let answer = await pool.run(job, { priority: 'view', signal })
    if (!answer.ok && answer.loss.why === 'ended') {
      answer = await pool.run(job, { priority: 'view', signal })
    }
    return answer.ok ? answer.reply.result : fail(lossFault(answer.loss, about, pool.limits))
  }

  function noteGrowth(bytes: number): void {
    fullness.bytes += bytes
    const now = performance.now()
    const due = fullness.bytes > limit || now - fullness.sweptAt > SWEPT_EVERY_MS
    if (!due || fullness.sweeping) return
    fullness.sweeping = true
    void sweep(now)
  }

  async function sweep(now: number): Promise<void> {
    const answer = await pool.run({ kind: 'sweep', store, limit }, { priority: 'judge' })
    fullness.sweeping = false
    fullness.sweptAt = now
    if (answer.ok) fullness.bytes = answer.reply.bytes
  }

  function begin(view: View, piece: string): Making {
    const dropping = new AbortController()
    const result = produce(view, piece, dropping.signal)
    const begun = { result, dropping, waiting: 0 }
    making.set(view.name, begun)
    const finish = (): void => {
      if (making.get(view.name) === begun) making.delete(view.name)
    }
    result.then(finish, finish)
    return begun
  }

  async function make(view: View, piece: string, signal: AbortSignal): Promise<Result<MadeView>> {
    signal.throwIfAborted()
    const joined = making.get(view.name) ?? begin(view, piece)
    joined.waiting += 1
    try {
      return await unlessAborted(joined.result, signal)
    } finally {
      joined.waiting -= 1
      if (joined.waiting === 0 && signal.aborted) {
        if (making.get(view.name) === joined) making.delete(view.name)
        joined.dropping.abort()
      }
    }
  }

  return {
    kept,
    make,

    async piece(view, name, signal) {
      const path = viewPath(store, view.name)
      // Twice, for whoever made it may have found another piece of a damaged file sound.
      for (let made = 0; made <= MOST_MAKINGS; made += 1) {
        const found = await readPiece(path, name)
        if (found.state === 'no-piece') return ok(null)
        if (found.state === 'piece') {
          void noteUse(path, found.usedAt)
          return ok(found.piece)
        }
        if (made === MOST_MAKINGS) break
        const making = await make(view, name, signal)
        if (!making.ok) return making
      }
      return fail({ kind: 'artifact-missing', path: cacheFolder(store) })
    },
  }
}

/** The result, unless nobody waits for it any more: then rejects with the signal's reason. */
function unlessAborted<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason as Error)
    signal.addEventListener('abort', leave, { once: true })
    void result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}
