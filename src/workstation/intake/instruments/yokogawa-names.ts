import { parseWell, wellName, type PlateSize } from '#core/plate/well.ts'

/** What the name of a CellVoyager image says. Fields, steps, times, actions and channels count from 1. */
export interface NamedImage {
  /** Null in names that count the wells. */
  readonly plate: string | null
  readonly well: string
  readonly site: number
  readonly z: number
  readonly t: number
  readonly action: number
  readonly channel: number
  readonly projection: boolean
}

/** CV7000 and CV8000. X instead of digits says that this is what was projected; of times and fields nothing is told. */
const IMAGE_NAME =
  /^(?<plate>.+)_(?<well>[A-Z]{1,2}\d{2})_T(?<t>\d{4,6})F(?<site>\d{3,6})L\d{2}A(?<action>\d{2})Z(?<z>\d{2,4}|X{2,4})C(?<channel>\d{2})\.(?:tiff?|png)$/i

/** CV1000, CQ1 and CQ3K count the wells row by row, from 1; the steps of a projection are 0. */
const COUNTED_NAME =
  /^W(?<well>\d{1,5})F(?<site>\d{3,6})T(?<t>\d{4,6})Z(?<z>\d{2,4})C(?<channel>\d{1,2})\.(?:tiff?|png)$/i

/**
 * Null for what is no image of a CellVoyager.
 *
 * @param format of the plate, without which the wells of some names cannot be told
 */
export function readImageName(path: string, format: PlateSize | null): NamedImage | null {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const spelt = IMAGE_NAME.exec(name)?.groups
  const counted = spelt ?? COUNTED_NAME.exec(name)?.groups
  if (counted === undefined) return null
  const well =
    spelt === undefined ? countedWell(Number(counted['well']), format) : parseWell(spelt['well']!)
  if (well === null) return null
  const projection = /^(?:X+|0+)$/i.test(counted['z']!)
  return {
    plate: spelt?.['plate'] ?? null,
    well: wellName(well),
    site: Number(counted['site']),
    z: projection ? 0 : Number(counted['z']),
    t: Number(counted['t']),
    action: Number(counted['action'] ?? 1),
    channel: Number(counted['channel']),
    projection,
  }
}

function countedWell(number: number, format: PlateSize | null) {
  if (format === null || number < 1 || number > format.rows * format.columns) return null
  const row = Math.floor((number - 1) / format.columns)
  return { row, column: (number - 1) % format.columns }
}

/** The list of what was imaged: a line more for each image. */
export function isMeasurementData(path: string): boolean {
  return /(?:^|\/)MeasurementData\.mlf$/i.test(path)
}

export function isMeasurementDetail(path: string): boolean {
  return /(?:^|\/)MeasurementDetail\.mrf$/i.test(path)
}

/** The plate, its product, and the settings of the measurement. */
export function isMeasurementSetting(path: string): boolean {
  return /\.(?:mes|wpi|wpp)$/i.test(path)
}

/** What a measurement keeps beside its images: shading and dark images, corrections, traces. */
export function isMeasurementExtra(below: string): boolean {
  return /^(?:(?:SC|DC)_[^/]+\.tiff?|(?:geometry|crosstalk)_parameter\.xml|TRACE[^/]*\.log)$/i.test(
    below,
  )
}

/** `A01C02`, as in the names of the images: what a channel is called where no settings name it. */
export function channelLabel(action: number, channel: number): string {
  return `A${String(action).padStart(2, '0')}C${String(channel).padStart(2, '0')}`
}
