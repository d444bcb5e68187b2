import type { Plane } from '#core/image/plane.ts'
import type { PlaneSource } from './job.ts'

/** A channel of a field as it is analysed, with where it came from. */
export interface PlaneInHand {
  readonly channel: string
  /** One plane, or all that were projected, the sharpest first. */
  readonly sources: readonly PlaneSource[]
  readonly plane: Plane
  /** Micrometres; null where it is not known. */
  readonly pixelSize: number | null
}
