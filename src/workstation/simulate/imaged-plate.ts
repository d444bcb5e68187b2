import { parseWell, PLATE_FORMATS, type PlateFormat } from '#core/plate/well.ts'
import { seedFrom } from '#core/simulate/random.ts'
import type { Channel } from '#core/simulate/channel.ts'
import type { Optics } from '#core/simulate/optics.ts'
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
  readonly channels: readonly Channel[]
  /** Of each image, in pixels. */
  readonly width: number
  readonly height: number
  readonly optics: Optics
  /** Place of its first plane in the order of imaging: 0, or what was imaged before where it is imaged again. */
  readonly firstPlace: number
}

/** Rows and columns of images that cover the fields of a well, row by row from the upper left. */
export function fieldGrid({ sitesPerWell }: ImagedPlate): { rows: number; columns: number } {
  const columns = Math.ceil(Math.sqrt(sitesPerWell))
  return { rows: Math.ceil(sitesPerWell / columns), columns }
}

/** The middle of a field from the middle of its well, µm: x to the right, y downwards; images touch. */
export function fieldPosition(plate: ImagedPlate, site: number): { x: number; y: number } {
  const { rows, columns } = fieldGrid(plate)
  const { width, height, optics } = plate
  const column = (site - 1) % columns
  const row = Math.floor((site - 1) / columns)
  const side = (pixels: number) => Math.round(pixels * optics.pixelSize * 1000) / 1000
  return { x: (column - (columns - 1) / 2) * side(width), y: (row - (rows - 1) / 2) * side(height) }
}

/**
 * Where the stage is while a field is imaged, µm from the plate's upper left corner: x along the columns, y down the
 * rows. Wells fill 108 × 72 mm in the middle of 127.76 × 85.48 mm (ANSI/SLAS 1 and 4, where there are 96 wells or more).
 */
export function stagePosition(
  plate: ImagedPlate,
  { well, site }: { readonly well: string; readonly site: number },
): { x: number; y: number } {
  const { rows, columns } = PLATE_FORMATS[plate.format]
  const { row, column } = parseWell(well)!
  const inWell = fieldPosition(plate, site)
  const along = (length: number, middle: number, place: number, count: number) =>
    middle + (place - (count - 1) / 2) * (length / count)
  return {
    x: round(along(108_000, 63_880, column, columns) + inWell.x),
    y: round(along(72_000, 42_740, row, rows) + inWell.y),
  }
}

function round(micrometres: number): number {
  return Math.round(micrometres * 1000) / 1000
}

/** The objective in front of which the plates lie. */
export const OBJECTIVE = { name: '20x/0.75', magnification: 20, numericalAperture: 0.75 }

const FIRST_IMAGE = Date.UTC(2026, 0, 5, 8)
const MILLISECONDS_APART = 1000

/** The place of a plane in the order of imaging; fields of `plate.fields` are counted from 0, waves from 1. */
export function placeOf(
  { firstPlace, channels }: ImagedPlate,
  field: number,
  wave: number,
): number {
  return firstPlace + field * channels.length + wave - 1
}

/** When the plane of this place was imaged: UTC, ISO 8601. The same for equal plates. */
export function imagedAt(place: number): string {
  return new Date(FIRST_IMAGE + place * MILLISECONDS_APART).toISOString()
}

/** The same for the same plate, however often it is imaged: a UUID of version 8 (RFC 9562), whose bits are its maker's. */
export function plateUuid({ name, seed, format, fieldsOfPlate, channels }: ImagedPlate): string {
  const key = [name, seed, format, fieldsOfPlate, channels.length]
  const digits = [0, 1, 2, 3]
    .map(part =>
      seedFrom('plate', part, ...key)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('')
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join('-')
}
