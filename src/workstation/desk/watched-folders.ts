import { relative } from 'node:path'
import type { WatchedFolder } from '#contract/folders.ts'
import type { Fault, Result } from '#core/fault.ts'
import { formerPlaces } from '../store/fields.ts'
import { storeMayRecover } from '../store/store-fault.ts'
import { watchRoot, type RootNews } from '../watch-root.ts'
import type { WorkList } from '../work-list.ts'
import type { Workstation } from '../workstation.ts'
import type { Tell } from './desk.ts'
import type { PlateNews } from './plate-news.ts'

/** The folders that are watched, and how each of them stands. */
export interface WatchedFolders {
  list(): WatchedFolder[]
  /** Begins to watch. */
  add(folder: Pick<WatchedFolder, 'path' | 'naming' | 'settings' | 'simulated'>): WatchedFolder
  /** Reads all of it by another way of naming, or watched otherwise; null where there is no such folder. */
  reread(folderId: number, asked: Pick<WatchedFolder, 'naming' | 'settings'>): WatchedFolder | null
  /** Says of a folder that nothing comes into it any more, and why. */
  fail(path: string, fault: Fault): void
  /** Stops watching; null where there is no such folder. */
  remove(folderId: number): WatchedFolder | null
  /** The store takes nothing more: nothing is entered or done until there is room again. */
  halt(fault: Fault): void
  /** Stops watching all of them; resolves when what was being entered is. */
  close(): Promise<void>
}

interface Watch {
  folder: WatchedFolder
  readonly stop: AbortController
  ended: Promise<void>
}

/** Longest time from a change to telling it. */
const TOLD_WITHIN_MS = 500
/** A full disk, or a store without permission, is tried again after so long. */
const RETRY_MS = 30_000
/** Of paths and faults, so many are kept to be shown. */
const MOST_SHOWN = 200

export function createWatchedFolders(
  workstation: Workstation,
  work: WorkList,
  plates: PlateNews,
  tell: Tell,
  onMistake: (cause: unknown) => string,
): WatchedFolders {
  const watches = new Map<number, Watch>()
  let nextId = 0
  let telling: NodeJS.Timeout | null = null
  let retrying: NodeJS.Timeout | null = null
  const list = (): WatchedFolder[] => [...watches.values()].map(({ folder }) => folder)

  function change(watch: Watch, changed: Partial<WatchedFolder>): void {
    watch.folder = { ...watch.folder, ...changed }
    telling ??= setTimeout(() => {
      telling = null
      tell('folders.changed', list())
    }, TOLD_WITHIN_MS)
  }

  function note(watch: Watch, news: RootNews): void {
    const { folder } = watch
    switch (news.kind) {
      case 'offline':
        return change(watch, { state: 'offline', fault: news.fault })
      case 'online':
        return change(watch, { state: 'watching', fault: null })
      case 'listed':
        work.retry()
        if (folder.state === 'starting') change(watch, { state: 'watching' })
        if (news.unmarked.length + folder.unmarked.count > 0) {
          const { length: count } = news.unmarked
          change(watch, { unmarked: { count, paths: news.unmarked.slice(0, MOST_SHOWN) } })
        }
        return
      case 'arrived': {
        for (const { run, fields } of news.runs) {
          plates.changed(
            run.plateId,
            fields.map(({ well }) => well),
          )
          const ids = fields.map(({ id }) => id)
          for (const { plateId, well } of formerPlaces(workstation.store.db, ids)) {
            plates.changed(plateId, [well])
          }
        }
        const lastArrivalAt =
          news.settled === 0 ? folder.lastArrivalAt : workstation.now().toISOString()
        return change(watch, { files: news.files, lastArrivalAt })
      }
      case 'fault':
        return change(watch, { faults: [...folder.faults, news.fault].slice(-MOST_SHOWN) })
      case 'copy':
        return change(watch, { copies: oneMore(folder.copies, relative(folder.path, news.path)) })
      case 'unmatched':
        return change(watch, { unmatched: oneMore(folder.unmatched, news.path) })
    }
  }

  function begin(watch: Watch): Promise<void> {
    const { path: root, naming, settings } = watch.folder
    const order = {
      root,
      naming: naming === 'auto' ? null : naming,
      settings,
      tell: (news: RootNews) => note(watch, news),
      signal: watch.stop.signal,
    }
    return watchRoot(workstation, work, order).then(
      result => noteEnd(watch, result),
      (cause: unknown) =>
        change(watch, { state: 'failed', fault: { kind: 'unexpected', ticket: onMistake(cause) } }),
    )
  }

  /** Begins from the start, once what runs has ended. */
  function beginAgain(watch: Watch, changed: Partial<WatchedFolder>): WatchedFolder {
    watch.stop.abort()
    const next = { ...watch, stop: new AbortController() }
    watches.set(watch.folder.folderId, next)
    change(next, changed)
    next.ended = watch.ended.then(() => (next.stop.signal.aborted ? undefined : begin(next)))
    return next.folder
  }

  function noteEnd(watch: Watch, result: Result<void>): void {
    if (result.ok) return
    change(watch, { state: 'failed', fault: result.fault })
    if (storeMayRecover(result.fault)) retryLater()
  }

  function retryLater(): void {
    retrying ??= setTimeout(() => {
      retrying = null
      for (const watch of watches.values()) {
        const { state, fault } = watch.folder
        if (state !== 'failed' || fault === null || !storeMayRecover(fault)) continue
        // Halted by the work list it still runs; what it missed is taken up from the start.
        beginAgain(watch, { state: 'starting', fault: null })
      }
      work.restart()
    }, RETRY_MS)
  }

  return {
    list,

    add({ path, naming, settings, simulated }) {
      const folder: WatchedFolder = {
        folderId: nextId,
        path,
        naming,
        settings,
        simulated,
        lastArrivalAt: null,
        ...UNREAD,
      }
      nextId += 1
      const watch: Watch = { folder, stop: new AbortController(), ended: Promise.resolve() }
      watches.set(folder.folderId, watch)
      watch.ended = begin(watch)
      change(watch, {})
      return watch.folder
    },

    reread(folderId, { naming, settings }) {
      const watch = watches.get(folderId)
      return watch === undefined ? null : beginAgain(watch, { ...UNREAD, naming, settings })
    },

    fail(path, fault) {
      for (const watch of watches.values()) {
        // What has come into it is judged all the same.
        if (watch.folder.path === path) change(watch, { state: 'failed', fault })
      }
    },

    remove(folderId) {
      const watch = watches.get(folderId)
      if (watch === undefined) return null
      watch.stop.abort()
      watches.delete(folderId)
      change(watch, {})
      return watch.folder
    },

    halt(fault) {
      for (const watch of watches.values()) change(watch, { state: 'failed', fault })
      if (storeMayRecover(fault)) retryLater()
    },

    async close() {
      for (const timer of [telling, retrying]) if (timer !== null) clearTimeout(timer)
      for (const { stop } of watches.values()) stop.abort()
      await Promise.all([...watches.values()].map(({ ended }) => ended))
      if (telling !== null) clearTimeout(telling)
    },
  }
}

/** A folder of which nothing was read yet. */
const UNREAD = {
  state: 'starting',
  fault: null,
  files: 0,
  unmatched: { count: 0, paths: [] },
  unmarked: { count: 0, paths: [] },
  copies: { count: 0, paths: [] },
  faults: [],
} as const satisfies Partial<WatchedFolder>

function oneMore({ count, paths }: WatchedFolder['copies'], path: string): WatchedFolder['copies'] {
  return { count: count + 1, paths: paths.length < MOST_SHOWN ? [...paths, path] : paths }
}
