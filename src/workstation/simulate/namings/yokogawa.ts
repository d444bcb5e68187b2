import { encodeTiff } from '#core/image/encode-tiff.ts'
import { PLATE_FORMATS } from '#core/plate/well.ts'
import { imagedAt, placeOf, type ImagedPlate } from '../imaged-plate.ts'
import type { Naming, PlaneName } from '../naming.ts'
import {
  measurementData,
  measurementDetail,
  measurementSettings,
  plateInformation,
} from '../yokogawa-measurement.ts'

/** The list of the images is written this often while a plate is imaged. */
const LISTINGS = 20

/**
 * CellVoyager CV7000 and CV8000: one folder a measurement, an action for each channel. Plate, settings and detail are
 * there from the beginning; the list of the images grows, and its root is closed at the end.
 */
export const yokogawaNaming: Naming = {
  packs: 'plane',
  planePath: (plate, name) => `${folderOf(plate)}/${imageName(plate, name)}`,
  files: (plate, { planes }) =>
    planes.map(image => ({
      path: yokogawaNaming.planePath(plate, image),
      bytes: encodeTiff(image.plane),
    })),
  sideFiles: (plate, imagedFields) => {
    const folder = folderOf(plate)
    const interval = Math.ceil(plate.fields.length / LISTINGS)
    const done = imagedFields === plate.fields.length
    const files = { plate: `${plate.name}.wpi`, settings: 'Simulated.mes' }
    const { rows, columns } = PLATE_FORMATS[plate.format]
    const detail = {
      path: `${folder}/MeasurementDetail.mrf`,
      text: measurementDetail(plate, { rows, columns }, files, done),
    }
    const list = {
      path: `${folder}/MeasurementData.mlf`,
      text: measurementData(plate, imagedFields, imageName),
    }
    if (imagedFields === 0)
      return [
        { path: `${folder}/${files.plate}`, text: plateInformation(plate, { rows, columns }) },
        {
          path: `${folder}/${files.settings}`,
          text: measurementSettings(plate, { rows, columns }),
        },
        detail,
        list,
      ]
    if (done) return [list, detail]
    return imagedFields % interval === 0 ? [list] : []
  },
}

function folderOf(plate: ImagedPlate): string {
  const digits = imagedAt(placeOf(plate, 0, 1)).replaceAll(/\D/g, '')
  return `${plate.name}_${digits.slice(0, 8)}_${digits.slice(8, 14)}/${plate.name}`
}

function imageName(
  { name }: ImagedPlate,
  { well, site, wave }: Pick<PlaneName, 'well' | 'site' | 'wave'>,
): string {
  const action = String(wave).padStart(2, '0')
  return `${name}_${well}_T0001F${String(site).padStart(3, '0')}L01A${action}Z01C${action}.tif`
}
