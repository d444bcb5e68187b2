import { ok, type Result } from '#core/fault.ts'
import type { PlateSize } from '#core/plate/well.ts'
import { count, plateSize, visitWhole, type Access, type Attributes } from './yokogawa-xml.ts'
import { positive } from '../written-number.ts'

/** What MeasurementDetail.mrf says of a measurement. Numbers are null where they are not written. */
export interface MeasurementDetail {
  readonly startedAt: string | null
  readonly title: string | null
  readonly plate: string | null
  readonly format: PlateSize | null
  readonly timePoints: number | null
  readonly fields: number | null
  readonly steps: number | null
  /** Names of other files of the measurement. */
  readonly settingsFile: string | null
  readonly plateFile: string | null
  readonly cameras: ReadonlyMap<number, Camera>
}

/** How a channel is recorded, by its number. */
export interface Camera {
  /** µm */
  readonly pixelSize: number | null
  readonly shadingFile: string | null
}

/** Reads a .mrf, as a CV8000 and a CQ3K write it. */
export async function parseMeasurementDetail(
  access: Access,
  path: string,
): Promise<Result<MeasurementDetail>> {
  let detail: Attributes = {}
  let plate: Attributes = {}
  const cameras = new Map<number, Camera>()
  const visited = await visitWhole(access, path, 'MeasurementDetail', ({ name, attributes }) => {
    if (name === 'MeasurementDetail') detail = attributes
    if (name === 'MeasurementSamplePlate') plate = attributes
    const channel = count(attributes['Ch'])
    if (name === 'MeasurementChannel' && channel !== null)
      cameras.set(channel, {
        pixelSize: positive(attributes['HorizontalPixelDimension']),
        shadingFile: attributes['ShadingCorrectionSource'] || null,
      })
  })
  if (!visited.ok) return visited
  return ok({
    startedAt: detail['BeginTime'] || null,
    title: detail['Title'] || null,
    plate: plate['Name'] || null,
    format: plateSize(detail['RowCount'], detail['ColumnCount']),
    timePoints: count(detail['TimePointCount']),
    fields: count(detail['FieldCount']),
    steps: count(detail['ZCount']),
    settingsFile: detail['MeasurementSettingFileName'] || null,
    plateFile: plate['WellPlateFileName'] || null,
    cameras,
  })
}

/** Reads a .wpi. Its ProductID is that of the kind of plate, the same for all plates of a kind. */
export async function parsePlateInformation(
  access: Access,
  path: string,
): Promise<Result<{ readonly name: string | null; readonly format: PlateSize | null }>> {
  let plate: Attributes = {}
  const visited = await visitWhole(access, path, 'WellPlate', ({ name, attributes }) => {
    if (name === 'WellPlate') plate = attributes
  })
  if (!visited.ok) return visited
  return ok({ name: plate['Name'] || null, format: plateSize(plate['Rows'], plate['Columns']) })
}
