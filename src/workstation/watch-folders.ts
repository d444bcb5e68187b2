import { fail, ok, type Fault, type Result } from '#core/fault.ts'
import { watchHoles, type HoleNews, type PlaneCounts } from './hole-news.ts'
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

/** Judges and analyses what arrives in folders until `signal` is aborted. What the store holds is not done again. */
export async function watchFolders(
  workstation: Workstation,
  roots: readonly string[],
  wanted: Pick<RootOrder, 'naming' | 'settings' | 'events'>,
  tell: (news: WatchNews) => void,
  signal: AbortSignal,
): Promise<Result<void>> {
  const ended = new AbortController()
  const end = AbortSignal.any([signal, ended.signal])
  let halted: Fault | null = null
  let mistakes: unknown[] = []
  const holes = watchHoles(workstation, tell)
  const noteWork = (news: WorkNews): void => {
    if (news.kind === 'halted') {
      halted = news.fault
      ended.abort()
    } else if (news.kind === 'plate') tell({ ...news, counts: holes.counts(news.run) })
    else tell(news)
  }
  const noteMistake = (cause: unknown): void => {
    mistakes = [...mistakes, cause]
    ended.abort()
  }
  workstation.pool.prepare()
  const ready = await workstation.prepareNetworks()
  if (!ready.ok) return ready
  const work = createWorkList(workstation, noteWork, noteMistake)
  const noteRoot = (news: RootNews): void => {
    if (news.kind === 'listed') work.retry()
    tell(news)
    holes.note(news)
  }
  const watches = roots.map(root =>
    watchRoot(workstation, work, { ...wanted, root, tell: noteRoot, signal: end }),
  )
  const results = await Promise.all(watches)
  await work.stop()
  if (mistakes.length > 0) throw mistakes[0]
  if (halted !== null) return fail(halted)
  return results.find(result => !result.ok) ?? ok(undefined)
}
