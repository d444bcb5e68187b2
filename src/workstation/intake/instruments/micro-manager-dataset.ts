import type { PlaneFacts } from '../plane-file.ts'
import type { SurveyedFile } from '../survey-folder.ts'
import type { MicroManagerSummary } from './micro-manager-metadata.ts'

/** One acquisition of Micro-Manager. */
export interface Dataset {
  readonly folder: string
  /** By the names of its stacks. */
  readonly prefix: string | null
  readonly summary: MicroManagerSummary | null
  /** Whether something else than names says where planes are. */
  readonly described: boolean
  readonly planes: readonly DatasetPlane[]
  readonly indexes: readonly SurveyedFile[]
}

/** A plane that is there, counted from 0. */
export interface DatasetPlane {
  readonly file: SurveyedFile
  readonly page: number
  readonly position: string | null
  /** What its field is called where the position is in no well. */
  readonly field: string
  readonly channel: number
  readonly channelName: string | null
  readonly slice: number
  readonly frame: number
  /** ms */
  readonly exposure: number | null
  readonly facts: PlaneFacts | null
}
