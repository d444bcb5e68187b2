import { join } from 'node:path'
import { LogEntry, type Happened } from './event-log.ts'
import type { Wholeness } from './settle.ts'
import type { SurveyedFile, Unseen } from './survey-folder.ts'
import { fileOfVersion, versionText } from './watch-state.ts'
import type { WatchedFolder } from './watched-folder.ts'

type Begun = Extract<Happened, { kind: 'begun' }>
type Listed = Extract<Happened, { kind: 'listed' }>

/**
 * The entries of a log about one folder, the first that it is about unless another is named: those of the last watch that
 * wrote to it, from where it says how the folder is watched.
 */
export function readEventLog(text: string, root?: string): readonly LogEntry[] {
  const lines = text.split('\n').filter(line => line !== '')
  const entries = lines.map(line => LogEntry.parse(JSON.parse(line)))
  const wanted = root ?? entries[0]?.root
  const about = entries.filter(entry => entry.root === wanted)
  const restart = about.findLastIndex((entry, i) => i > 0 && entry.at < about[i - 1]!.at)
  const last = about.slice(Math.max(restart, 0))
  return last.slice(
    Math.max(
      last.findIndex(({ what }) => what.kind === 'begun'),
      0,
    ),
  )
}

/**
 * A folder that answers as it is written in a log, with a clock that moves when somebody sleeps: from one entry to the
 * next, or as long as was asked. Calls `atEnd` a while after the last entry.
 *
 * @throws where the log does not begin with how the folder was watched
 */
export function replayEvents(entries: readonly LogEntry[], atEnd: () => void): WatchedFolder {
  const [head] = entries
  if (head?.what.kind !== 'begun') throw new Error('A log begins with how its folder is watched')
  const { root } = head
  let begun: Begun = head.what
  const seen = new Map<string, string>()
  const known = new Set<string>()
  const growing = new Set<string>()
  const opened = new Map<string, Wholeness[]>()
  let listed: Listed | null = null
  let onHint: (path: string) => void = () => {}
  let now = head.at
  let next = 0
  const last = entries.at(-1)!.at

  // Whether a version is whole or known does not depend on when it is asked.
  for (const { what } of entries) {
    if (what.kind === 'known') known.add(`${what.path} ${what.version}`)
    if (what.kind === 'grows') growing.add(what.path)
    if (what.kind !== 'opened') continue
    const key = `${what.path} ${what.version}`
    opened.set(key, [...(opened.get(key) ?? []), what.wholeness])
  }

  function play(): void {
    for (; next < entries.length && entries[next]!.at <= now; next += 1) {
      const { what } = entries[next]!
      if (what.kind === 'begun') begun = what
      if (what.kind === 'looked') {
        seen.set(what.path, what.sight)
        // Hints come at any time; what counts is when somebody looked.
        onHint(what.path)
      }
      if (what.kind !== 'listed') continue
      listed = what
      if (what.whole) seen.clear()
      for (const path of what.gone) seen.set(path, 'gone')
      for (const [path, version] of what.came) seen.set(path, version)
    }
  }

  function sightOf(path: string): SurveyedFile | Unseen {
    const sight = seen.get(path) ?? 'gone'
    if (sight === 'gone' || sight === 'unreachable') return sight
    return fileOfVersion(path, join(root, path), sight)
  }

  play()
  return {
    clock: {
      now: () => now,
      async sleep(ms) {
        const until = entries[next]?.at ?? Infinity
        now = until <= now + 2 * ms ? until : now + ms
        play()
        if (now > last + begun.settle.quietMs + 4 * begun.pollMs) atEnd()
      },
    },
    pace: () => ({
      pollMs: begun.pollMs,
      reconcileMs: { least: begun.least, most: begun.most },
      settle: begun.settle,
    }),
    doneMarker: begun.doneMarker,
    wasFilled: () => begun.wasFilled,
    grows: path => growing.has(path),
    known: file => known.has(`${file.path} ${versionText(file)}`),
    async survey() {
      now += listed?.took ?? 0
      const sights = [...seen.keys()].sort().map(sightOf)
      const files = sights.flatMap(sight => (typeof sight === 'string' ? [] : [sight]))
      const { skipped = 0, disk = null, faults = [] } = listed ?? {}
      return { root, files, skipped, disk, faults }
    },
    look: async path => sightOf(path),
    async isWhole(file) {
      const answers = opened.get(`${file.path} ${versionText(file)}`)
      if (answers === undefined) return 'partial'
      return answers.length > 1 ? answers.shift()! : answers[0]!
    },
    hint(listener) {
      onHint = listener
      return async () => {
        onHint = () => {}
      }
    },
  }
}
