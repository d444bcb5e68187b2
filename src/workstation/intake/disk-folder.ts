import { stat } from 'node:fs/promises'
import { basename, relative, resolve, sep } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { watch as watchTree } from 'chokidar'
import { networkFileSystemOf } from '../network-folder.ts'
import { isTemporary } from '../temporary-name.ts'
import type { Ask } from './ask-in-time.ts'
import { lookAgain, surveyFolder, type Survey } from './survey-folder.ts'
import type { WatchSettings } from './watch-settings.ts'
import type { Clock, Listing, WatchedFolder, WatchPace } from './watched-folder.ts'

/**
 * Verdicts are waited for while the plate is on the stage, so a file is taken as soon as that is likely to be right. It
 * must be whole by its structure and unchanged for a second: longer than any writer pauses between two strips of an
 * image, and TIFF libraries write the directory last. Where that was wrong, as with an instrument that reserves a whole
 * image and fills it later, the file changes, which is a new version: it is judged again, and nothing is lost. For the
 * same reason a file that stays cut short need not be waited for longer than a hiccup of the camera's software lasts.
 */
const LOCAL_PACE: WatchPace = {
  pollMs: 250,
  reconcileMs: { least: 5_000, most: 120_000 },
  settle: { polls: 3, quietMs: 1_000, patienceMs: 20_000, pauseMs: 1_000, longestPauseMs: 60_000 },
}

/** Clients of network file systems keep sizes and times for up to a minute (NFS acdirmax). */
const NETWORK_PACE: WatchPace = {
  pollMs: 5_000,
  reconcileMs: { least: 5_000, most: 120_000 },
  settle: {
    polls: 3,
    quietMs: 30_000,
    patienceMs: 300_000,
    pauseMs: 5_000,
    longestPauseMs: 300_000,
  },
}

/** What is not closed by then holds on to a disk that does not answer. */
const CLOSED_WITHIN_MS = 2_000

export interface DiskFolder {
  readonly folder: Pick<WatchedFolder, 'survey' | 'look' | 'hint' | 'doneMarker' | 'pace' | 'clock'>
  /** Which folder is there now, as Listing.disk says it; null where none can be seen. */
  readonly diskNow: () => Promise<string | null>
}

/**
 * A folder of this machine, to be watched as its file system allows and as somebody wants it.
 *
 * @param ask how its disk is asked, see askInTime
 */
export function diskFolder(path: string, settings: WatchSettings, ask: Ask): DiskFolder {
  const root = resolve(path)
  /** A folder that was not asked yet may be on a share: the slower pace is the safe one. */
  let remote = true

  async function diskNow(): Promise<string | null> {
    try {
      const { dev, ino } = await ask(() => stat(root, { bigint: true }))
      return `${dev}:${ino}`
    } catch {
      return null
    }
  }

  async function survey(signal: AbortSignal): Promise<Listing> {
    const before = await diskNow()
    const found = await surveyFolder(root, signal, ask)
    const disk = await diskNow()
    if (disk === null || disk !== before) return { ...exchanged(found), disk }
    remote = await ask(() => networkFileSystemOf(root)).then(
      name => name !== null,
      () => true,
    )
    return { ...found, disk }
  }

  return {
    folder: {
      survey,
      look: file => lookAgain(root, file, ask),
      hint: onHint => {
        // On a share events are lost, and asking for them costs more than listing.
        const heard = settings.access === 'events' || (settings.access === 'auto' && !remote)
        return heard ? hintFromEvents(root, onHint) : async () => {}
      },
      doneMarker: settings.doneMarker,
      pace: () => asWanted(remote ? NETWORK_PACE : LOCAL_PACE, settings),
      clock: machineClock,
    },
    diskNow,
  }
}

/** The folder was taken away, or another put in its place, while it was listed. */
function exchanged(survey: Survey): Survey {
  const said = survey.faults.some(fault => 'path' in fault && fault.path === survey.root)
  if (said) return survey
  const detail = 'it went away while it was listed'
  const fault = { kind: 'folder-offline', path: survey.root, detail } as const
  return { ...survey, files: [], faults: [fault] }
}

const SHORTEST_POLL_MS = 100

/** Looks often enough that a file which rests for as long as is wanted can be seen to have rested. */
function asWanted(pace: WatchPace, { quietSeconds }: WatchSettings): WatchPace {
  if (quietSeconds === null) return pace
  const quietMs = quietSeconds * 1000
  const pollMs = Math.max(Math.min(pace.pollMs, quietMs / pace.settle.polls), SHORTEST_POLL_MS)
  const patienceMs = Math.max(pace.settle.patienceMs, quietMs)
  return { ...pace, pollMs, settle: { ...pace.settle, quietMs, patienceMs } }
}

const machineClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
}

/** Thousands of folders of chunks are not worth a hint each: listings find what is in them. */
const IN_ZARR = /\.zarr[\\/]/i

/** An error of the watcher costs its hints and nothing else. */
function hintFromEvents(root: string, onHint: (path: string) => void): () => Promise<void> {
  const watcher = watchTree(root, {
    ignoreInitial: true,
    followSymlinks: false,
    atomic: false,
    ignored: path => path !== root && (isTemporary(basename(path)) || IN_ZARR.test(path)),
  })
  const hint = (path: string) => onHint(relative(root, path).split(sep).join('/'))
  watcher.on('add', hint).on('change', hint)
  watcher.on('error', () => void watcher.close())
  return () => Promise.race([watcher.close(), sleep(CLOSED_WITHIN_MS, undefined, { ref: false })])
}
