import type { SurveyedFile } from './survey-folder.ts'

/** Where a plane belongs on its plate, as a name or an index says it. */
export interface PlaneAddress {
  /** `B03`; null for a loose image. */
  readonly well: string | null
  /** Numbered as the instrument does; null for a loose image. */
  readonly site: number | null
  readonly channel: string
  /** Place of the channel in the instrument's order. */
  readonly wave: number
  readonly z: number
  readonly t: number
  /** A projection along z, made by the instrument; its z is 0. */
  readonly projection: boolean
}

/** How a plane was imaged, as an index or the image's own notes say it; null where they do not. */
export interface PlaneFacts {
  /** Side of a pixel in the specimen, µm. */
  readonly pixelSize: number | null
  /**
   * Where the middle of the image is, µm, in the instrument's own frame but turned so that x grows to the right and y
   * downwards, as in the image: fields are laid out by it. z is the focus, growing away from the objective's rest.
   */
  readonly position: { readonly x: number; readonly y: number; readonly z: number | null } | null
  /** ISO 8601, with the offset from UTC where the instrument writes one. */
  readonly takenAt: string | null
}

/** One image of one file, and where it belongs. */
export interface PlaneFile extends SurveyedFile, PlaneAddress {
  /** Place of the image in its file, counted from 0. */
  readonly page: number
  /**
   * The field of a plane without well, where that is not its file: of a file that holds several, or of a field that
   * lies in several files. The same whatever else has arrived; no two fields of a run share it.
   */
  readonly field?: string
  /** Left out where nothing says any. */
  readonly facts?: PlaneFacts
}

/** The same text for two planes exactly when they are the same plane of a plate. */
export function planeKey(plane: PlaneAddress): string {
  const { well, site, channel, z, t, projection } = plane
  return `${well} ${site} ${channel} ${projection ? 'projection' : z} ${t}`
}
