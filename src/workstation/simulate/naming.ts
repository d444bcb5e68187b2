import type { Plane } from '#core/image/plane.ts'
import type { ImagedPlate } from './imaged-plate.ts'

export interface PlaneName {
  /** `B03` */
  readonly well: string
  /** Counted from 1. */
  readonly site: number
  /** Counted from 1. */
  readonly wave: number
  readonly channel: string
}

/** A file as it is written. Paths are below the acquisition's folder, with forward slashes. */
export interface WrittenFile {
  readonly path: string
  readonly bytes: Uint8Array
  /** Waves whose planes nobody can read once the file is cut; left out where those are all that were to be written. */
  readonly waves?: readonly number[]
}

/** Planes of one field that go into files together; one that the instrument lost is not among them. */
export interface FieldImages {
  readonly well: string
  readonly site: number
  readonly planes: readonly (PlaneName & {
    readonly plane: Plane
    /** In the order of imaging, counted from 0. */
    readonly place: number
  })[]
}

/** How an instrument lays out an acquisition on disk. */
export interface Naming {
  /** Whether every plane has a file of its own, or those of a field share files, which are written when all are imaged. */
  readonly packs: 'plane' | 'field'
  /** The file, or the folder that stands for it, that a plane is in. */
  readonly planePath: (plate: ImagedPlate, plane: PlaneName) => string
  readonly files: (plate: ImagedPlate, images: FieldImages) => readonly WrittenFile[]
  /**
   * Files beside the images, as they are once so many fields of the plate are imaged: 0 before the first image, the
   * number of `plate.fields` after the last. Only those that are new or other than before need be among them.
   */
  readonly sideFiles: (
    plate: ImagedPlate,
    imagedFields: number,
  ) => readonly { readonly path: string; readonly text: string }[]
}
