import { SCIENTIFIC_CMOS } from '#core/simulate/camera.ts'
import { CHANNELS } from '#core/simulate/channel.ts'
import type { Defect } from '#core/simulate/defects.ts'
import { PLATE_OBJECTIVE } from '#core/simulate/optics.ts'
import {
  simulateField,
  type FieldOrder,
  type SimulatedField,
} from '#core/simulate/simulate-field.ts'

interface FieldChoice {
  readonly seed?: number
  readonly column?: number
  readonly site?: number
  readonly size?: number
  readonly channels?: number
  readonly defects?: readonly Defect[]
}

/** A small square field, all of whose planes have the same defects. */
export function fieldOrder({
  seed = 1,
  column = 0,
  site = 1,
  size = 160,
  channels = 1,
  defects = [],
}: FieldChoice): FieldOrder {
  return {
    seed,
    well: { row: 0, column },
    site,
    width: size,
    height: size,
    optics: PLATE_OBJECTIVE,
    camera: SCIENTIFIC_CMOS,
    planes: CHANNELS.slice(0, channels).map(channel => ({ channel, defects })),
  }
}

export function field(choice: FieldChoice = {}): SimulatedField {
  return simulateField(fieldOrder(choice))
}
