import type { SettlePolicy } from './settle.ts'
import type { Survey, SurveyedFile, Unseen } from './survey-folder.ts'
import type { IsWhole } from './whole-image.ts'

/** All that is in a folder, and which folder it is. */
export interface Listing extends Survey {
  /** Tells the folder from another at its path, a mount point say: device and inode; null where nothing says it. */
  readonly disk: string | null
}

/** What a watched folder can be asked. Times come from its clock alone. */
export interface WatchedFolder {
  readonly survey: (signal: AbortSignal) => Promise<Listing>
  /** One file again. */
  readonly look: (path: string) => Promise<SurveyedFile | Unseen>
  readonly isWhole: IsWhole
  /** Whether this version of a file was accepted before, by an earlier session too. */
  readonly known: (file: SurveyedFile) => boolean
  /** Whether an earlier session accepted anything of this folder. */
  readonly wasFilled: () => boolean
  /** Whether a file is an index to which the instrument adds while it images. */
  readonly grows: (path: string) => boolean
  /**
   * Calls back with relative paths at which something may have happened; returns what ends it.
   * Hints may be lost, doubled and out of order: they save time, and nothing depends on them.
   */
  readonly hint: (onHint: (path: string) => void) => () => Promise<void>
  /** Name of the file that says that images are whole, see WatchSettings; null where none does. */
  readonly doneMarker: string | null
  /** As the disk allows, which is known once it was listed. */
  readonly pace: () => WatchPace
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
