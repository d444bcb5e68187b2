import { isGrowingIndex } from './growing-indexes.ts'
import { INSTRUMENTS } from './instruments/registry.ts'
import type { SurveyedFile } from './survey-folder.ts'

/** Files that have come, held while an index that says what they are is still on its way. */
export interface HeldFiles {
  /** A file is there that has not settled. */
  seen(file: SurveyedFile): void
  /** @param settled false for files that an earlier session took already */
  add(files: readonly SurveyedFile[], settled: boolean): void
  /** All that came; null where nothing did, or an index is worth waiting for. */
  take(): TakenFiles | null
  /** What was taken could not be told after all. */
  putBack(taken: TakenFiles): void
  /** It took so long to tell what was taken last, ms. */
  took(ms: number): void
}

export interface TakenFiles {
  readonly files: readonly SurveyedFile[]
  /** How many of them settled. */
  readonly settled: number
}

/** An index that has not settled by then is being written all the time, or is held by another program. */
const PATIENCE_MS = 10_000

/** With a new version of an index the whole folder is read again: at most this share of the time is spent on that. */
const SHARE_FOR_INDEXES = 1 / 20

/**
 * Without its index an image would be told by its name, as a plane of another plate: what the store holds stays there.
 * So nothing is told while an index that was never read settles. It takes a second, and happens once in a run.
 */
export function holdForIndex(now: () => number): HeldFiles {
  /** Since when each is waited for. */
  const awaited = new Map<string, number>()
  const read = new Set<string>()
  let files: SurveyedFile[] = []
  let settledFiles = 0
  /** Growing indexes that were read before, each in its last version. */
  const grown = new Map<string, SurveyedFile>()
  let grownAt = 0

  return {
    seen(file) {
      const { path } = file
      if (isIndex(file) && !read.has(path) && !awaited.has(path)) awaited.set(path, now())
    },

    add(some, settled) {
      for (const file of some) {
        if (read.has(file.path) && isGrowingIndex(file.path)) grown.set(file.path, file)
        else files.push(file)
      }
      if (settled) settledFiles += some.length
      for (const { path } of some) if (awaited.delete(path)) read.add(path)
    },

    take() {
      if (now() >= grownAt) {
        files.push(...grown.values())
        grown.clear()
      }
      const waits = [...awaited.values()].some(since => now() - since < PATIENCE_MS)
      if (waits || files.length === 0) return null
      const taken = { files, settled: settledFiles }
      files = []
      settledFiles = 0
      return taken
    },

    putBack(taken) {
      files = [...taken.files, ...files]
      settledFiles += taken.settled
    },

    took(ms) {
      grownAt = now() + ms / SHARE_FOR_INDEXES
    },
  }
}

/** Whether an instrument would take a file as its index, by its name. */
export function isIndex(file: SurveyedFile): boolean {
  return INSTRUMENTS.some(({ detect }) => detect([file]).some(({ by }) => by === 'index'))
}
