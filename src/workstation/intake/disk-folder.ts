import { basename, relative, resolve, sep } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { watch as watchTree } from 'chokidar'
import { networkFileSystem } from '../network-folder.ts'
import { isTemporary, lookAgain, surveyFolder } from './survey-folder.ts'
import type { Clock, WatchedFolder, WatchPace } from './watch-folder.ts'

/**
 * A file that is whole by its structure may be taken soon: if it changes later, that is a new version.
 */
const LOCAL_PACE: WatchPace = {
  pollMs: 500,
  reconcileMs: { least: 10_000, most: 120_000 },
  settle: { polls: 3, quietMs: 2_000, patienceMs: 60_000, pauseMs: 1_000, longestPauseMs: 60_000 },
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
