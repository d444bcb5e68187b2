import { join } from 'node:path'
import type { Fault } from '#core/fault.ts'
import { flatText } from '../flat-text.ts'
import { mapAtMost } from '../map-at-most.ts'
import { pollWaiting } from './poll-waiting.ts'
import { rememberRoot, type Past, type RootMemory } from './root-memory.ts'
import { firstSight } from './settle.ts'
import type { SurveyedFile } from './survey-folder.ts'
import { beginWatch, fileOfVersion, versionText, type WatchState } from './watch-state.ts'
import type { Listing, SettledFile, WatchedFolder } from './watched-folder.ts'

export type WatchEvent =
  | { readonly kind: 'settled'; readonly files: readonly SettledFile[] }
  | { readonly kind: 'offline'; readonly fault: Fault }
  | { readonly kind: 'online' }
  | {
      readonly kind: 'reconciled'
      /** Files in the folder. */
      readonly files: number
      /** Files that have not settled. */
      readonly waiting: number
      /** Those of them that wait for the file that says that they are whole. */
      readonly unmarked: readonly string[]
      /** Those of them that another program holds. */
      readonly locked: readonly string[]
      /** What of the folder could not be looked at. */
      readonly faults: readonly Fault[]
      readonly disk: string | null
    }

const FILES_AT_ONCE = 32
/** More hints than this are dropped for one full listing. */
const MOST_HINTS = 10_000

/**
 * Reports every file of a folder once it will not change any more, each version of it once.
 *
 * The truth is a full listing from time to time; hints only make a file seen sooner. A file that
 * disappears is forgotten, never reported: a share that went away looks the same.
 *
 * What is promised: a file is reported once in each version that settles, and its last version always settles. A file
 * whose structure says that it is cut short is not reported as whole, and not at all before `patienceMs` without a
 * change. A file whose structure does not tell is not reported while its writer pauses for less than `quietMs`.
 */
export async function* watchFolder(
  folder: WatchedFolder,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent, void, void> {
  const { clock } = folder
  const watch = beginWatch(folder)
  const root = rememberRoot()
  let listAt = clock.now()
  let listedAt = -Infinity
  let listingMs = 0
  let state: 'unknown' | 'online' | 'offline' = 'unknown'
  let endHints = async (): Promise<void> => {}
  try {
    while (!signal.aborted) {
      // However often files disappear, most of the time is not spent on listing.
      const due = clock.now() >= listAt && clock.now() >= listedAt + 2 * listingMs
      const hinted = state === 'offline' ? watch.hinted.size > 0 : watch.hinted.size > MOST_HINTS
      if (due || hinted) {
        const began = clock.now()
        const listed = await list(watch, root, signal)
        if (listed === null) return
        listedAt = clock.now()
        listingMs = listedAt - began
        const { reconcileMs } = folder.pace()
        if (listed.event.kind === 'offline') {
          listAt = listedAt + reconcileMs.least
          if (state !== 'offline') yield listed.event
          state = 'offline'
        } else {
          listAt = listedAt + clamp(20 * listingMs, reconcileMs.least, reconcileMs.most)
          // Hints of the system are about the folder that was there when they were asked for.
          if (state !== 'online' || listed.elsewhere) {
            await endHints()
            endHints = folder.hint(path => watch.hinted.add(path))
          }
          if (state === 'offline') yield { kind: 'online' }
          state = 'online'
          yield listed.event
        }
      }
      if (state === 'online') {
        await followHints(watch)
        const { settled, lost } = await pollWaiting(watch)
        if (settled.length > 0) yield { kind: 'settled', files: settled }
        // Perhaps one file was renamed, perhaps the whole share is gone.
        if (lost) listAt = clock.now()
      }
      await clock.sleep(folder.pace().pollMs, signal)
    }
  } finally {
    await endHints()
  }
}

interface Listed {
  readonly event: WatchEvent
  /** Whether the folder is on another disk than before. */
  readonly elsewhere: boolean
}

/** Lists the folder, and takes from it what is new; null when it was told to stop. */
async function list(
  watch: WatchState,
  root: RootMemory,
  signal: AbortSignal,
): Promise<Listed | null> {
  const listing = await surveyUnlessAborted(watch.folder, signal)
  if (listing === null) return null
  watch.hinted.clear()
  const elsewhere = root.isElsewhere(listing.disk)
  const fault = faultOfRoot(listing) ?? absenceFault(listing, root.absence(listing, pastOf(watch)))
  const event = fault === null ? reconcile(watch, listing) : ({ kind: 'offline', fault } as const)
  return { event, elsewhere }
}

async function surveyUnlessAborted(
  folder: WatchedFolder,
  signal: AbortSignal,
): Promise<Listing | null> {
  try {
    const listing = await folder.survey(signal)
    return signal.aborted ? null : listing
  } catch (cause) {
    if (signal.aborted) return null
    throw cause
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}

function pastOf({ folder, handled }: WatchState): Past {
  return {
    wasFilled: handled.size > 0 || folder.wasFilled(),
    handled: handled.size,
    isHandled: path => handled.has(path),
  }
}

function faultOfRoot({ root, faults }: Listing): Fault | null {
  return faults.find(fault => 'path' in fault && fault.path === root) ?? null
}

function absenceFault({ root: path }: Listing, detail: string | null): Fault | null {
  return detail === null ? null : { kind: 'folder-offline', path, detail }
}

function reconcile(watch: WatchState, listing: Listing): WatchEvent {
  const { files, faults, disk } = listing
  const { waiting, markers } = watch
  if (watch.folder.doneMarker !== null) markers.reset(files.map(({ path }) => path))
  const now = watch.folder.clock.now()
  let stillThere = 0
  for (const file of files) {
    if (watch.handled.has(file.path)) stillThere += 1
    consider(watch, file, now)
  }
  // Where something could not be looked at, what is not there may be below it.
  if (stillThere < watch.handled.size && faults.length === 0) forgetKnown(watch, listing)
  const locked = [...waiting].filter(([, { wholeness }]) => wholeness === 'locked')
  const unmarked = [...waiting.keys()].filter(path => markers.isAwaited(path))
  return {
    kind: 'reconciled',
    files: files.length,
    waiting: waiting.size,
    unmarked,
    locked: locked.map(([path]) => path),
    faults,
    disk,
  }
}

/** Forgets files that are gone, as far as somebody else remembers that they were reported. */
function forgetKnown(watch: WatchState, { root, files }: Listing): void {
  const present = new Set(files.map(({ path }) => path))
  for (const [path, version] of watch.handled) {
    if (present.has(path)) continue
    if (watch.folder.known(fileOfVersion(path, join(root, path), version)))
      watch.handled.delete(path)
  }
}

function consider(watch: WatchState, seen: SurveyedFile, now: number): void {
  const { folder, waiting, handled, growing } = watch
  if (waiting.has(seen.path)) return
  const version = versionText(seen)
  if (handled.get(seen.path) === version) return
  const path = flatText(seen.path)
  const file = { ...seen, path }
  if (folder.known(file)) {
    handled.set(path, flatText(version))
    return
  }
  waiting.set(path, firstSight(file, now))
  if (!folder.grows(path)) return
  growing.set(path, { handedOnAt: null, ...growing.get(path), waitsSince: now })
}

async function followHints(watch: WatchState): Promise<void> {
  const paths = [...watch.hinted].filter(path => !watch.waiting.has(path))
  watch.hinted.clear()
  const sights = await mapAtMost(FILES_AT_ONCE, paths, watch.folder.look)
  const now = watch.folder.clock.now()
  for (const sight of sights) {
    if (typeof sight === 'string') continue
    watch.markers.note(sight.path)
    consider(watch, sight, now)
  }
}
