import { setTimeout as sleep } from 'node:timers/promises'
import { fail, ok, type Fault, type Result } from '#core/fault.ts'
import { watchHoles, type HoleNews, type PlaneCounts } from './hole-news.ts'
import { storeMayRecover } from './store/store-fault.ts'
import { watchRoot, type RootNews, type RootOrder } from './watch-root.ts'
import { createWorkList } from './work-list.ts'
import type { WorkNews } from './work-news.ts'
import type { Workstation } from './workstation.ts'

/** What there is to tell while folders are watched. */
export type WatchNews =
  | RootNews
  | HoleNews
  | Exclude<WorkNews, { readonly kind: 'plate' }>
  /** With what of the whole plate is late, missing and awaited. */
  | (Extract<WorkNews, { readonly kind: 'plate' }> & { readonly counts: PlaneCounts })
  /** The store takes results again. */
  | { readonly kind: 'resumed' }

type Done = Exclude<WorkNews, { readonly kind: 'halted' }>

export interface FoldersOrder extends Pick<RootOrder, 'naming' | 'settings' | 'events'> {
  /** A full disk, or a store without permission, is tried again after so long, ms. */
  readonly retryMs?: number
}

/**
 * Judges and analyses what arrives in folders until `signal` is aborted. What the store holds is not done again; while
 * it takes nothing, for its disk is full, everything waits.
 */
export async function watchFolders(
  workstation: Workstation,
  roots: readonly string[],
  { retryMs = 30_000, ...wanted }: FoldersOrder,
  tell: (news: WatchNews) => void,
  signal: AbortSignal,
): Promise<Result<void>> {
  workstation.pool.prepare()
  const ready = await workstation.prepareNetworks()
  if (!ready.ok) return ready
  const holes = watchHoles(workstation, tell)
  let halted: Fault['kind'] | null = null
  const told = {
    ofRoot(news: RootNews) {
      tell(news)
      holes.note(news)
    },
    ofWork(news: Done) {
      if (halted !== null) tell({ kind: 'resumed' })
      halted = null
      tell(news.kind === 'plate' ? { ...news, counts: holes.counts(news.run) } : news)
    },
  }
  for (;;) {
    const watched = await watchOnce(workstation, roots, wanted, told, signal)
    if (watched.ok || !storeMayRecover(watched.fault) || signal.aborted) return watched
    if (halted !== watched.fault.kind) tell({ kind: 'halted', fault: watched.fault })
    halted = watched.fault.kind
    await sleep(retryMs, undefined, { signal }).catch(() => undefined)
  }
}

/** Watches until `signal` is aborted or the store takes nothing more. */
async function watchOnce(
  workstation: Workstation,
  roots: readonly string[],
  wanted: Pick<RootOrder, 'naming' | 'settings' | 'events'>,
  told: { readonly ofRoot: (news: RootNews) => void; readonly ofWork: (news: Done) => void },
  signal: AbortSignal,
): Promise<Result<void>> {
  const ended = new AbortController()
  const end = AbortSignal.any([signal, ended.signal])
  let halted: Fault | null = null
  let mistakes: unknown[] = []
  const noteWork = (news: WorkNews): void => {
    if (news.kind !== 'halted') return told.ofWork(news)
    halted = news.fault
    ended.abort()
  }
  const noteMistake = (cause: unknown): void => {
    mistakes = [...mistakes, cause]
    ended.abort()
  }
  const work = createWorkList(workstation, noteWork, noteMistake)
  const noteRoot = (news: RootNews): void => {
    if (news.kind === 'listed') work.retry()
    told.ofRoot(news)
  }
  const watches = roots.map(root =>
    watchRoot(workstation, work, { ...wanted, root, tell: noteRoot, signal: end }),
  )
  const results = await Promise.all(
    watches.map(async watch => {
      const result = await watch
      // One folder that cannot go on would be missed while the others do.
      if (!result.ok) ended.abort()
      return result
    }),
  )
  await work.stop()
  if (mistakes.length > 0) throw mistakes[0]
  if (halted !== null) return fail(halted)
  return results.find(result => !result.ok) ?? ok(undefined)
}
