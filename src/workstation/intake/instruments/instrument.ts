import type { Fault } from '#core/fault.ts'
import type { Acquisition } from '../acquisition.ts'
import type { FileAccess } from '../file-access.ts'
import type { SurveyedFile } from '../survey-folder.ts'

/**
 * How sure a sign is: `certain` for what only this instrument writes, `likely` for names that hardly another uses,
 * `possible` for names that others use too.
 */
export type Sureness = 'certain' | 'likely' | 'possible'

/** Something in a folder that speaks for an instrument; an index is stronger than names. */
export interface Sign {
  readonly by: 'index' | 'name'
  readonly sure: Sureness
  /** What was seen, for the person who wonders. */
  readonly why: string
}

export interface ReadRequest {
  /** Absolute path of the surveyed folder. */
  readonly root: string
  /** Files that no other instrument has claimed, in the order of their paths. */
  readonly files: readonly SurveyedFile[]
  readonly by: Sign['by']
  /** Somebody chose this instrument, so that names which would be too vague alone count too. */
  readonly chosen: boolean
  readonly access: FileAccess
}

export interface Reading {
  readonly acquisitions: readonly Acquisition[]
  /** Index files that could not be used. */
  readonly faults: readonly Fault[]
}

/**
 * An instrument, or a way of naming files: how to know its folders and how to read them.
 *
 * Whatever it does not claim is left for the others; it never guesses.
 */
export interface Instrument {
  /** As `--naming` takes it and as it is recorded; never renamed. */
  readonly id: string
  /** As people call it. */
  readonly name: string
  /** From names alone: no file is opened. */
  readonly detect: (files: readonly SurveyedFile[]) => readonly Sign[]
  readonly read: (request: ReadRequest) => Promise<Reading>
  /**
   * Whether a file is an index to which the instrument adds while it images. It never rests, and is read as it is:
   * `read` takes what is complete of it.
   */
  readonly growingIndex?: (path: string) => boolean
}
