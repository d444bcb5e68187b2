import { CHANNELS } from '#core/simulate/channel.ts'
import { PLATE_OBJECTIVE } from '#core/simulate/optics.ts'
import { planPlate } from '#core/simulate/plan-plate.ts'
import type { ImagedPlate } from '#workstation/simulate/imaged-plate.ts'

/** A plate of 96 wells as the simulated microscope is told to image it, without defects. */
export function imagedPlate(
  order: {
    readonly wells?: number
    readonly fields?: number
    readonly channels?: number
    readonly seed?: number
  } = {},
): ImagedPlate {
  const { wells = 2, fields = 2, channels = 2, seed = 1 } = order
  const used = CHANNELS.slice(0, channels)
  const planned = planPlate({ seed, format: 96, wells, fields, channels: used, defects: {} })
  return {
    name: `simulated-${seed}`,
    seed,
    format: 96,
    fields: planned,
    fieldsOfPlate: planned.length,
    sitesPerWell: fields,
    channels: used,
    width: 64,
    height: 48,
    optics: PLATE_OBJECTIVE,
    firstPlace: 0,
  }
}
