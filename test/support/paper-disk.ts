import type { Fault } from '#core/fault.ts'
import type { Wholeness } from '#workstation/intake/settle.ts'
import type { SurveyedFile, Unseen } from '#workstation/intake/survey-folder.ts'
import type { WatchedFolder, WatchPace } from '#workstation/intake/watched-folder.ts'

export interface PaperFile {
  readonly bytes: number
  readonly modified: string
  readonly wholeness: Wholeness
}

/** Errors of the file system: of looking at a file, or of opening it. */
export interface PaperError {
  readonly at: number
  readonly until: number
  /** A file, or a folder and all that is below it. */
  readonly path: string
  readonly of: 'stat' | 'open'
  readonly code: 'ENOENT' | 'EBUSY' | 'EPERM' | 'EACCES' | 'EIO' | 'ESTALE' | 'ENOTCONN'
}

/** Something that happens at a time. */
export type Happening =
  /** A file is written; null: it is removed. */
  | { readonly at: number; readonly path: string; readonly file: PaperFile | null }
  /** A file or a folder is renamed, with all that is below it. */
  | { readonly at: number; readonly rename: string; readonly to: string }
  /** The share goes, with an error or with the mount point that is left; or it comes. */
  | { readonly at: number; readonly online: boolean; readonly leaves?: readonly string[] }
  | { readonly at: number; readonly hint: string }

/** A disk on paper, whose clock only moves when somebody sleeps. */
export interface PaperDisk extends Omit<WatchedFolder, 'known' | 'wasFilled'> {
  readonly files: ReadonlyMap<string, PaperFile>
}

export interface PaperDiskSettings {
  readonly pace: WatchPace
  readonly script: readonly Happening[]
  readonly errors?: readonly PaperError[]
  readonly doneMarker?: string | null
  /** Time that a look into a file takes; meanwhile the file may change. */
  readonly readingMs?: number
  readonly end: number
  readonly atEnd: () => void
}

const ROOT = '/share'

/** A file that is in the mount point itself. */
function strange(path: string): SurveyedFile {
  return { path, absolute: `${ROOT}/${path}`, bytes: 1, modified: '1' }
}

/** Plays what happens until `end`, then calls `atEnd`. Files called `….log` are growing indexes. */
export function paperDisk(settings: PaperDiskSettings): PaperDisk {
  const { script, errors = [], readingMs = 0, end, atEnd } = settings
  const files = new Map<string, PaperFile>()
  const left = script.toSorted((a, b) => a.at - b.at)
  let listener: (path: string) => void = () => {}
  let online = true
  /** What is in the mount point while the share is away; null: it cannot be listed. */
  let mountPoint: readonly string[] | null = null
  let now = 0

  function errorAt(path: string, of: PaperError['of']): PaperError['code'] | null {
    const isMet = (error: PaperError) =>
      error.of === of &&
      error.at <= now &&
      now < error.until &&
      `${path}/`.startsWith(`${error.path}/`)
    return errors.find(isMet)?.code ?? null
  }

  function surveyed(path: string): SurveyedFile | Unseen {
    const file = online ? files.get(path) : undefined
    const code = errorAt(path, 'stat')
    if (!online && mountPoint === null) return 'unreachable'
    if (!online && mountPoint?.includes(path) === true) return strange(path)
    if (code !== null && code !== 'ENOENT') return 'unreachable'
    if (file === undefined || code === 'ENOENT') return 'gone'
    const { bytes, modified } = file
    return { path, absolute: `${ROOT}/${path}`, bytes, modified }
  }

  function rename(from: string, to: string): void {
    for (const [path, file] of [...files]) {
      if (!`${path}/`.startsWith(`${from}/`)) continue
      files.delete(path)
      files.set(`${to}${path.slice(from.length)}`, file)
    }
  }

  function play(until: number): void {
    while (left.length > 0 && left[0]!.at <= until) {
      const happening = left.shift()!
      if ('hint' in happening) listener(happening.hint)
      else if ('rename' in happening) rename(happening.rename, happening.to)
      else if ('online' in happening) {
        online = happening.online
        mountPoint = happening.leaves ?? null
      } else if (happening.file === null) files.delete(happening.path)
      else files.set(happening.path, happening.file)
    }
  }

  function pass(ms: number): void {
    now += ms
    play(now)
    if (now >= end) atEnd()
  }

  pass(0)
  return {
    files,
    clock: {
      now: () => now,
      sleep: async ms => pass(ms),
    },
    pace: () => settings.pace,
    doneMarker: settings.doneMarker ?? null,
    grows: path => path.endsWith('.log'),
    async survey() {
      const empty = { root: ROOT, files: [], skipped: 0, faults: [] }
      if (!online && mountPoint === null) {
        const fault = { kind: 'folder-offline', path: ROOT, detail: 'EIO' } as const
        return { ...empty, faults: [fault], disk: null }
      }
      if (!online) {
        return { ...empty, files: (mountPoint ?? []).map(strange), disk: 'mount point' }
      }
      const seen = [...files.keys()].sort().map(path => [path, surveyed(path)] as const)
      const faults = seen.flatMap(([path, sight]): Fault[] =>
        sight === 'unreachable'
          ? [{ kind: 'file-locked', path: `${ROOT}/${path}`, detail: 'EIO' }]
          : [],
      )
      const listed = seen.flatMap(([, sight]) => (typeof sight === 'string' ? [] : [sight]))
      return { ...empty, files: listed, faults, disk: 'share' }
    },
    look: async path => surveyed(path),
    async isWhole({ path }) {
      const file = online ? files.get(path) : undefined
      const code = errorAt(path, 'open')
      pass(readingMs)
      if (code !== null || (!online && mountPoint === null)) return 'locked'
      if (!online && mountPoint?.includes(path) === true) return 'whole'
      // What the reader says of one that is not there; see whole-image.ts.
      return file?.wholeness ?? 'locked'
    },
    hint(onHint) {
      listener = onHint
      return async () => {
        listener = () => {}
      }
    },
  }
}
