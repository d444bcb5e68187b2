import type { Fault } from '#core/fault.ts'
import { mapAtMost } from '../map-at-most.ts'
import {
  firstSight,
  judge,
  observe,
  sameVersion,
  type SettlePolicy,
  type Settling,
} from './settle.ts'
import type { Survey, SurveyedFile } from './survey-folder.ts'
import type { IsWhole } from './whole-image.ts'

/** What a watched folder can be asked. Times come from its clock alone. */
export interface WatchedFolder {
  readonly survey: (signal: AbortSignal) => Promise<Survey>
  /** One file again; null where it cannot be seen. */
  readonly look: (path: string) => Promise<SurveyedFile | null>
  readonly isWhole: IsWhole
  /** Whether this version of a file was accepted before, by an earlier session too. */
  readonly known: (file: SurveyedFile) => boolean
  /**
   * Calls back with relative paths at which something may have happened; returns what ends it.
   * Hints may be lost, doubled and out of order: they save time, and nothing depends on them.
   */
  readonly hint: (onHint: (path: string) => void) => () => Promise<void>
  readonly clock: Clock
}

export interface Clock {
  /** Milliseconds that never go back. */
  readonly now: () => number
  /** Resolves early when `signal` is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

export interface WatchPace {
  readonly pollMs: number
  /** Bounds of the pause between two full listings; within them it is 20 times what a listing takes. */
  readonly reconcileMs: { readonly least: number; readonly most: number }
  readonly settle: SettlePolicy
}

export interface SettledFile extends SurveyedFile {
  /** False for a file that was given up on: reading it says why. */
  readonly whole: boolean
}

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
      /** Those of them that another program holds. */
      readonly locked: readonly string[]
      /** What of the folder could not be looked at. */
      readonly faults: readonly Fault[]
    }

const FILES_AT_ONCE = 32
/** More hints than this are dropped for one full listing. */
const MOST_HINTS = 10_000

/**
 * Reports every file of a folder once it will not change any more, each version of it once.
 *
 * The truth is a full listing from time to time; hints only make a file seen sooner. A file that
 * disappears is forgotten, never reported: a share that went away looks the same.
 */
export async function* watchFolder(
  folder: WatchedFolder,
  pace: WatchPace,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent, void, void> {
  const { clock } = folder
  const watch: Watch = { folder, pace, hinted: new Set(), waiting: new Map(), handled: new Map() }
  const endHints = folder.hint(path => watch.hinted.add(path))
  let listAt = clock.now()
  let online = true
  try {
    while (!signal.aborted) {
      if (clock.now() >= listAt || watch.hinted.size > MOST_HINTS) {
        const began = clock.now()
        const survey = await surveyUnlessAborted(folder, signal)
        if (survey === null) return
        listAt = nextListing(began, clock.now(), pace)
        const fault = survey.faults.find(fault => 'path' in fault && fault.path === survey.root)
        if (fault === undefined) {
          if (!online) yield { kind: 'online' }
          yield reconcile(watch, survey)
        } else if (online) yield { kind: 'offline', fault }
        online = fault === undefined
      }
      if (online) {
        await followHints(watch)
        const { settled, lost } = await poll(watch)
        if (settled.length > 0) yield { kind: 'settled', files: settled }
        // Perhaps one file was renamed, perhaps the whole share is gone.
        if (lost) listAt = clock.now()
      }
      await clock.sleep(pace.pollMs, signal)
    }
  } finally {
    await endHints()
  }
}

interface Watch {
  readonly folder: WatchedFolder
  readonly pace: WatchPace
  readonly hinted: Set<string>
  readonly waiting: Map<string, Settling>
  /** Each file in the version that was last reported or known. */
  readonly handled: Map<string, SurveyedFile>
}

async function surveyUnlessAborted(
  folder: WatchedFolder,
  signal: AbortSignal,
): Promise<Survey | null> {
  try {
    return await folder.survey(signal)
  } catch (cause) {
    if (signal.aborted) return null
    throw cause
  }
}

function nextListing(began: number, ended: number, { reconcileMs }: WatchPace): number {
  const pause = 20 * (ended - began)
  return ended + Math.min(Math.max(pause, reconcileMs.least), reconcileMs.most)
}

function reconcile(watch: Watch, { files, faults }: Survey): WatchEvent {
  watch.hinted.clear()
  for (const file of files) consider(watch, file)
  const present = new Set(files.map(({ path }) => path))
  for (const [path, file] of watch.handled) {
    if (!present.has(path) && watch.folder.known(file)) watch.handled.delete(path)
  }
  const locked = [...watch.waiting].filter(([, { wholeness }]) => wholeness === 'locked')
  return {
    kind: 'reconciled',
    files: files.length,
    waiting: watch.waiting.size,
    locked: locked.map(([path]) => path),
    faults,
  }
}

function consider({ folder, waiting, handled }: Watch, file: SurveyedFile): void {
  const { path } = file
  if (waiting.has(path)) return
  const before = handled.get(path)
  if (before !== undefined && sameVersion(before, file)) return
  if (folder.known(file)) handled.set(path, file)
  else waiting.set(path, firstSight(file, folder.clock.now()))
}

async function followHints(watch: Watch): Promise<void> {
  const paths = [...watch.hinted].filter(path => !watch.waiting.has(path))
  watch.hinted.clear()
  const files = await mapAtMost(FILES_AT_ONCE, paths, watch.folder.look)
  for (const file of files) if (file !== null) consider(watch, file)
}

interface Poll {
  /** In the order of their paths. */
  readonly settled: readonly SettledFile[]
  readonly lost: boolean
}

async function poll(watch: Watch): Promise<Poll> {
  const { waiting, handled } = watch
  const settled: SettledFile[] = []
  let lost = false
  await mapAtMost(FILES_AT_ONCE, [...waiting], async ([path, before]) => {
    const { settling, file } = await step(watch, path, before)
    waiting.set(path, settling)
    if (settling.status !== 'settled' && settling.status !== 'gone') return
    waiting.delete(path)
    lost ||= settling.status === 'gone'
    if (settling.status === 'settled' && file !== null) {
      handled.set(path, file)
      settled.push({ ...file, whole: settling.wholeness === 'whole' })
    }
  })
  return { settled: settled.sort((a, b) => (a.path < b.path ? -1 : 1)), lost }
}

/** Looks at a file, looks into it if it has gone quiet, and makes sure that it did not change meanwhile. */
async function step(
  { folder, pace }: Watch,
  path: string,
  before: Settling,
): Promise<{ readonly settling: Settling; readonly file: SurveyedFile | null }> {
  const { clock, look, isWhole } = folder
  const file = await look(path)
  const seen = observe(before, file, clock.now(), pace.settle)
  if (file === null || seen.status !== 'quiet') return { settling: seen, file }
  const judged = judge(seen, await isWhole(file), clock.now(), pace.settle)
  const after = await look(path)
  const changed = after === null || !sameVersion(after, judged.version)
  return { settling: changed ? observe(judged, after, clock.now(), pace.settle) : judged, file }
}
