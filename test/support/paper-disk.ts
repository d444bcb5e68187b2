import type { Wholeness } from '#workstation/intake/settle.ts'
import type { SurveyedFile } from '#workstation/intake/survey-folder.ts'
import type { WatchedFolder } from '#workstation/intake/watch-folder.ts'

export interface PaperFile {
  readonly bytes: number
  readonly modified: string
  readonly wholeness: Wholeness
}

/** Something that happens at a time: a file is written (null: removed), or the share goes or comes. */
export type Happening =
  | { readonly at: number; readonly path: string; readonly file: PaperFile | null }
  | { readonly at: number; readonly online: boolean }
  | { readonly at: number; readonly hint: string }

/** A disk on paper, whose clock only moves when somebody sleeps. */
export interface PaperDisk extends Omit<WatchedFolder, 'known'> {
  readonly files: ReadonlyMap<string, PaperFile>
}

export interface PaperDiskSettings {
  readonly script: readonly Happening[]
  /** Time that a look into a file takes; meanwhile the file may change. */
  readonly readingMs?: number
  readonly end: number
  readonly atEnd: () => void
}

/** Plays what happens until `end`, then calls `atEnd`. */
export function paperDisk({ script, readingMs = 0, end, atEnd }: PaperDiskSettings): PaperDisk {
  const root = '/share'
  const files = new Map<string, PaperFile>()
  const left = script.toSorted((a, b) => a.at - b.at)
  let listener: (path: string) => void = () => {}
  let online = true
  let now = 0

  function surveyed(path: string): SurveyedFile | null {
    const file = files.get(path)
    if (!online || file === undefined) return null
    const { bytes, modified } = file
    return { path, absolute: `${root}/${path}`, bytes, modified }
  }

  function play(until: number): void {
    while (left.length > 0 && left[0]!.at <= until) {
      const happening = left.shift()!
      if ('hint' in happening) listener(happening.hint)
      else if ('online' in happening) online = happening.online
      else if (happening.file === null) files.delete(happening.path)
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
    async survey() {
      if (!online) {
        const fault = { kind: 'folder-offline', path: root, detail: 'EIO' } as const
        return { root, files: [], skipped: 0, faults: [fault] }
      }
      const listed = [...files.keys()].sort().flatMap(path => surveyed(path) ?? [])
      return { root, files: listed, skipped: 0, faults: [] }
    },
    look: async path => surveyed(path),
    async isWhole({ path }) {
      const wholeness = files.get(path)?.wholeness ?? 'partial'
      pass(readingMs)
      return wholeness
    },
    hint(onHint) {
      listener = onHint
      return async () => {
        listener = () => {}
      }
    },
  }
}
