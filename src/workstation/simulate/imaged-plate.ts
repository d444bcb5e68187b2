import type { PlateFormat } from '#core/plate/well.ts'
import type { PlannedField } from '#core/simulate/plan-plate.ts'

/** The plate as an instrument was told to image it. */
export interface ImagedPlate {
  readonly name: string
  readonly seed: number
  readonly format: PlateFormat
  /** In the order of imaging; some of the plate's where it is imaged again. */
  readonly fields: readonly PlannedField[]
  /** How many fields the whole plate has. */
  readonly fieldsOfPlate: number
  readonly sitesPerWell: number
  readonly channels: readonly string[]
}
