import type { PlateFormat } from '#core/plate/well.ts'
import type { PlannedField } from '#core/simulate/plan-plate.ts'

/** The plate as an instrument was told to image it. */
export interface ImagedPlate {
  readonly name: string
  readonly seed: number
  readonly format: PlateFormat
  /** In the order of imaging. */
  readonly fields: readonly PlannedField[]
  readonly sitesPerWell: number
  readonly channels: readonly string[]
}
