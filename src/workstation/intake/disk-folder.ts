import { basename, relative, resolve, sep } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { watch as watchTree } from 'chokidar'
import { networkFileSystem } from '../network-folder.ts'
import { isTemporary, lookAgain, surveyFolder } from './survey-folder.ts'
import type { Clock, WatchedFolder, WatchPace } from './watch-folder.ts'

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

export interface DiskFolder {
  readonly folder: Pick<WatchedFolder, 'survey' | 'look' | 'hint' | 'clock'>
  readonly pace: WatchPace
}

/** A folder of this machine, to be watched at the pace that its file system allows. */
export function diskFolder(path: string): DiskFolder {
  const root = resolve(path)
  const remote = isRemote(root)
  return {
    folder: {
      survey: signal => surveyFolder(root, signal),
      look: file => lookAgain(root, file),
      // On a share events are lost, and asking for them costs more than listing.
      hint: remote ? () => async () => {} : onHint => hintFromEvents(root, onHint),
      clock: machineClock,
    },
    pace: remote ? NETWORK_PACE : LOCAL_PACE,
  }
}

const machineClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
}

/** An error of the watcher costs its hints and nothing else. */
function hintFromEvents(root: string, onHint: (path: string) => void): () => Promise<void> {
  const watcher = watchTree(root, {
    ignoreInitial: true,
    followSymlinks: false,
    atomic: false,
    ignored: path => path !== root && isTemporary(basename(path)),
  })
  const hint = (path: string) => onHint(relative(root, path).split(sep).join('/'))
  watcher.on('add', hint).on('change', hint)
  watcher.on('error', () => void watcher.close())
  return () => watcher.close()
}

/** A folder that cannot be asked is not there yet, or away: the slower pace is the safe one. */
function isRemote(root: string): boolean {
  try {
    return networkFileSystem(root) !== null
  } catch {
    return true
  }
}
