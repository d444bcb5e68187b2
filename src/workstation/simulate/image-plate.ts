import type { Labels } from '#core/image/labels.ts'
import { wellName } from '#core/plate/well.ts'
import { SCIENTIFIC_CMOS } from '#core/simulate/camera.ts'
import { simulateField } from '#core/simulate/simulate-field.ts'
import { placeOf, type ImagedPlate } from './imaged-plate.ts'
import type { FieldImages, Naming, WrittenFile } from './naming.ts'
import type { PlaneTruth } from './truth-folder.ts'

export interface ImagedPlane {
  readonly truth: PlaneTruth
  /** The field's nuclei, with the channel that shows them; null with the others. */
  readonly labels: Labels | null
}

/** Planes that go into files together, and these files: none where the instrument lost all of them. */
export interface ImagedGroup {
  readonly planes: readonly ImagedPlane[]
  readonly files: readonly WrittenFile[]
}

/** Images a plate, one field at a time as it is asked for the next group. */
export function* imagePlate(plate: ImagedPlate, naming: Naming): Generator<ImagedGroup> {
  const { width, height, optics, seed, name } = plate
  const microscope = { width, height, optics, camera: SCIENTIFIC_CMOS }
  for (const [place, field] of plate.fields.entries()) {
    const { planes, labels } = simulateField({ ...field, ...microscope, seed })
    const where = { well: wellName(field.well), site: field.site }
    const imaged = planes.map(({ plane, channel, defects, defocus }, i) => {
      const named = { ...where, wave: i + 1, channel: channel.name }
      const path = naming.planePath(plate, named)
      const seen = { defects, defocus, cells: labels.count }
      const truth = { path, plate: name, ...where, channel: channel.name, z: 1, t: 1, ...seen }
      const image = { ...named, plane, place: placeOf(plate, place, i + 1) }
      return { image, truth, labels: i === 0 ? labels : null }
    })
    const groups = naming.packs === 'plane' ? imaged.map(one => [one]) : [imaged]
    for (const group of groups) {
      const arrived = group.filter(({ truth }) => !truth.defects.includes('missing'))
      const images: FieldImages = { ...where, planes: arrived.map(({ image }) => image) }
      const files = arrived.length === 0 ? [] : naming.files(plate, images)
      const short = group.filter(({ truth }) => truth.defects.includes('truncated'))
      const cut = cutShort(
        short.map(({ image }) => image.wave),
        files,
      )
      yield {
        planes: group.map(({ image: { wave }, truth, labels }) => {
          const damaged = arrived.some(({ image }) => image.wave === wave) && cut.damages(wave)
          return { truth: damaged ? asTruncated(truth) : truth, labels }
        }),
        files: cut.files,
      }
    }
  }
}

/** Files of truncated planes end in the middle, which damages every plane that is in them. */
function cutShort(
  waves: readonly number[],
  files: readonly WrittenFile[],
): { readonly files: readonly WrittenFile[]; readonly damages: (wave: number) => boolean } {
  const holds = (file: WrittenFile, wave: number) => file.waves?.includes(wave) ?? true
  const isCut = (file: WrittenFile) => waves.some(wave => holds(file, wave))
  return {
    files: files.map(file =>
      isCut(file) ? { ...file, bytes: file.bytes.subarray(0, file.bytes.length / 2) } : file,
    ),
    damages: wave => files.some(file => isCut(file) && holds(file, wave)),
  }
}

function asTruncated(truth: PlaneTruth): PlaneTruth {
  const { defects } = truth
  return defects.includes('truncated') ? truth : { ...truth, defects: [...defects, 'truncated'] }
}
