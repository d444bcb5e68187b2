import { encodeTiff } from '#core/image/encode-tiff.ts'
import { parseWell, rowName } from '#core/plate/well.ts'
import { imagedAt, type ImagedPlate } from '../imaged-plate.ts'
import type { Naming, PlaneName } from '../naming.ts'

/** The archive of an Incucyte: a folder a scan and vessel, no index; channels are numbered. */
export const incucyteNaming: Naming = {
  packs: 'plane',
  planePath,
  files: (plate, { planes }) =>
    planes.map(image => ({ path: planePath(plate, image), bytes: encodeTiff(image.plane) })),
  sideFiles: () => [],
}

/** One scan, told by the minute in which it began. */
function planePath(plate: ImagedPlate, { well, site, wave }: PlaneName): string {
  const [date, clock] = imagedAt(plate.firstPlace).split('T')
  const [year, month, day] = date!.split('-')
  const scan = `${year!.slice(2)}${month}/${day}/${clock!.slice(0, 2)}${clock!.slice(3, 5)}`
  const { row, column } = parseWell(well)!
  // Vessels are numbered by the instrument, whatever people call their plates.
  const vessel = 100 + (plate.seed % 900)
  return `EssenFiles/ScanData/${scan}/${vessel}/${rowName(row)}${column + 1}-${site}-C${wave}.tif`
}
