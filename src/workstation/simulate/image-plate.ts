import type { Labels } from '#core/image/labels.ts'
import type { Plane } from '#core/image/plane.ts'
import { wellName } from '#core/plate/well.ts'
import { SCIENTIFIC_CMOS } from '#core/simulate/camera.ts'
import { PLATE_OBJECTIVE } from '#core/simulate/optics.ts'
import { simulateField } from '#core/simulate/simulate-field.ts'
import type { ImagedPlate } from './imaged-plate.ts'
import type { Naming } from './naming.ts'
import type { PlaneTruth } from './truth-folder.ts'

export interface ImagedPlane {
  readonly plane: Plane
  readonly truth: PlaneTruth
  /** The field's nuclei, with the channel that shows them; null with the others. */
  readonly labels: Labels | null
}

/** Images a plate, one field at a time as it is asked for the next plane. */
export function* imagePlate(
  plate: ImagedPlate,
  naming: Naming,
  size: { readonly width: number; readonly height: number },
): Generator<ImagedPlane> {
  const microscope = { optics: PLATE_OBJECTIVE, camera: SCIENTIFIC_CMOS }
  for (const field of plate.fields) {
    const { seed, name } = plate
    const { planes, labels } = simulateField({ ...field, ...size, ...microscope, seed })
    const well = wellName(field.well)
    for (const [i, { plane, channel, defects, defocus }] of planes.entries()) {
      const place = { well, site: field.site, channel: channel.name }
      const path = naming.planePath(plate, { ...place, wave: i + 1 })
      const seen = { defects, defocus, cells: labels.count }
      const truth = { path, plate: name, ...place, z: 1, t: 1, ...seen }
      yield { plane, truth, labels: i === 0 ? labels : null }
    }
  }
}
