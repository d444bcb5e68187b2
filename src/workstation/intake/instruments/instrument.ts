import type { Fault } from '#core/fault.ts'
import type { Acquisition } from '../acquisition.ts'
import type { ReadStart } from '../read-start.ts'
import type { SurveyedFile } from '../survey-folder.ts'

/** Something in a folder that speaks for an instrument; an index is stronger than names. */
export interface Sign {
  readonly by: 'index' | 'name'
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
  readonly readStart: ReadStart
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
  /** From names alone: no file is opened. */
  readonly detect: (files: readonly SurveyedFile[]) => readonly Sign[]
  readonly read: (request: ReadRequest) => Promise<Reading>
}
