import type { EventLog, Happened } from './event-log.ts'
import type { SurveyedFile } from './survey-folder.ts'
import type { WatchEvent } from './watch-folder.ts'
import { versionText } from './watch-state.ts'
import type { Listing, WatchedFolder } from './watched-folder.ts'

/** A folder whose answers are written down, and what is decided by them. */
export interface RecordedFolder {
  readonly folder: WatchedFolder
  readonly note: (event: WatchEvent) => void
}

/** Writes down what a folder answers, as far as it is other than what it answered before. */
export function recordEvents(folder: WatchedFolder, root: string, log: EventLog): RecordedFolder {
  const { clock } = folder
  const began = clock.now()
  let awoke = 0
  let part = -1
  /** As it was last written down; it is known once the folder was listed. */
  let paceText = ''
  /** What was last seen of each file. */
  let seen = new Map<string, string>()
  const growing = new Set<string>()

  function add(what: Happened): void {
    log.add({ root, at: awoke, what })
  }

  function begin(): void {
    const { pollMs, reconcileMs, settle } = folder.pace()
    const { doneMarker } = folder
    const pace = { pollMs, ...reconcileMs, settle }
    add({ kind: 'begun', ...pace, doneMarker, wasFilled: folder.wasFilled() })
  }

  function noteListing(listing: Listing, took: number): void {
    const whole = part !== log.part()
    part = log.part()
    const text = JSON.stringify(folder.pace())
    if (whole || text !== paceText) begin()
    paceText = text
    if (whole) {
      seen = new Map()
      growing.clear()
    }
    const { files, faults, skipped, disk } = listing
    const away = faults.some(fault => 'path' in fault && fault.path === listing.root)
    // While the folder is away nothing is said of its files.
    const now = away ? seen : new Map(files.map(file => [file.path, versionText(file)]))
    const came = [...now].filter(([path, version]) => seen.get(path) !== version)
    const gone = [...seen.keys()].filter(path => !now.has(path))
    seen = now
    add({ kind: 'listed', took, disk, skipped, faults: [...faults], whole, came, gone })
  }

  function noteSight(path: string, sight: string): void {
    if (seen.get(path) === sight) return
    seen.set(path, sight)
    add({ kind: 'looked', path, sight })
  }

  return {
    folder: {
      ...folder,
      clock: {
        now: clock.now,
        async sleep(ms, signal) {
          log.flush()
          await clock.sleep(ms, signal)
          awoke = Math.round(clock.now() - began)
        },
      },
      async survey(signal) {
        const asked = clock.now()
        const listing = await folder.survey(signal)
        if (!signal.aborted) noteListing(listing, Math.round(clock.now() - asked))
        return listing
      },
      async look(path) {
        const sight = await folder.look(path)
        noteSight(path, typeof sight === 'string' ? sight : versionText(sight))
        return sight
      },
      async isWhole(file) {
        const wholeness = await folder.isWhole(file)
        add({ kind: 'opened', path: file.path, version: versionText(file), wholeness })
        return wholeness
      },
      known(file: SurveyedFile) {
        const known = folder.known(file)
        if (known) add({ kind: 'known', path: file.path, version: versionText(file) })
        return known
      },
      grows(path) {
        const grows = folder.grows(path)
        if (grows && !growing.has(path)) {
          growing.add(path)
          add({ kind: 'grows', path })
        }
        return grows
      },
      hint: onHint =>
        folder.hint(path => {
          add({ kind: 'hint', path })
          onHint(path)
        }),
    },

    note(event) {
      if (event.kind === 'settled') {
        const files = event.files.map(file => {
          return { path: file.path, version: versionText(file), whole: file.whole }
        })
        add({ kind: 'settled', files })
      } else if (event.kind === 'offline') add({ kind: 'offline', fault: event.fault })
      else if (event.kind === 'online') add({ kind: 'online' })
    },
  }
}
