import type { Plane } from '#core/image/plane.ts'
import type { PlaneSource } from './job.ts'

/** A plane of a field with where it came from. */
export interface PlaneInHand {
  readonly source: PlaneSource
  readonly plane: Plane
  /** Micrometres; null where it is not known. */
  readonly pixelSize: number | null
}
