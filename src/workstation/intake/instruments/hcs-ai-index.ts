import { z } from 'zod'
import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import { parseWell, wellName, type PlateSize } from '#core/plate/well.ts'
import type { Channel, RunFacts } from '../acquisition.ts'
import type { CsvTable } from '../csv-table.ts'
import { pathBelow } from '../path-below.ts'
import type { PlaneFacts } from '../plane-file.ts'
import { magnificationIn } from './objective-name.ts'
import { tellApart } from '../tell-channels-apart.ts'

/** What a `.jdce` says of the images in its folder. */
export interface HcsAiSettings {
  /** The plate's name without the time that follows it; null where it has none. */
  readonly plate: string | null
  readonly barcode: string | null
  readonly format: PlateSize | null
  /** µm */
  readonly pixelSize: number | null
  readonly startedAt: string | null
  readonly objective: RunFacts['objective']
  readonly channels: readonly (Channel & {
    readonly excitation: number | null
    readonly emission: number | null
    /** The instrument kept a projection instead of the steps. */
    readonly projected: boolean
  })[]
}

const Filter = z
  .object({ Name: z.string().max(200), Wavelength: z.number(), Unit: z.string() })
  .partial()
const Jdce = z.object({
  ImageStack: z.object({
    PlateId: z.string().max(500).optional(),
    Creation: z.object({ Date: z.string(), Time: z.string() }).partial().optional(),
    SpecimenHolder: z
      .object({ Barcode: z.string().max(200) })
      .partial()
      .optional(),
    AutoLeadAcquisitionProtocol: z.object({
      ObjectiveCalibration: z
        .object({
          Unit: z.string(),
          ObjectiveName: z.string().max(200),
          PixelWidth: z.number(),
        })
        .partial()
        .optional(),
      Plate: z.object({ Rows: z.int(), Columns: z.int() }).partial().optional(),
      Wavelengths: z
        .array(
          z.object({
            Index: z.int().min(0).max(98),
            ImagingMode: z.string().optional(),
            EmissionFilter: Filter.optional(),
            ExcitationFilter: Filter.optional(),
          }),
        )
        .max(99),
    }),
  }),
})

/**
 * Reads a `.jdce`: JSON that MetaXpress Acquire writes into each `experiment` folder.
 *
 * Read from files of 2025.2 and from Bio-Formats' JDCEReader. `TimeZoneOffset` is 0 wherever the instrument stands, so
 * that the time is that of its PC.
 */
export function parseJdce(
  bytes: Uint8Array,
  path: string,
): Result<HcsAiSettings, FaultOf<'index-invalid'>> {
  let document: unknown
  try {
    document = JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    return invalid(path, (cause as Error).message)
  }
  const parsed = Jdce.safeParse(document)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return invalid(path, `${issue!.path.join('.') || 'document'}: ${issue!.message}`)
  }
  const {
    PlateId = '',
    Creation,
    SpecimenHolder,
    AutoLeadAcquisitionProtocol,
  } = parsed.data.ImageStack
  const { ObjectiveCalibration, Plate, Wavelengths } = AutoLeadAcquisitionProtocol
  const objective = ObjectiveCalibration?.ObjectiveName || null
  const waves = Wavelengths.toSorted((a, b) => a.Index - b.Index)
  const channels = tellApart(
    waves.map(({ EmissionFilter }) => EmissionFilter?.Name ?? null),
    waves.map(({ Index }) => Index + 1),
  )
  return ok({
    plate: PlateId.replace(/,? \d{4}-\d{2}-\d{2},? \d{2}:\d{2}:\d{2}$/, '').trim() || null,
    barcode: SpecimenHolder?.Barcode?.trim() || null,
    format: formatOf(Plate?.Rows, Plate?.Columns),
    pixelSize: micrometres(ObjectiveCalibration?.PixelWidth, ObjectiveCalibration?.Unit),
    startedAt: timeOf(Creation?.Date, Creation?.Time),
    objective:
      objective === null
        ? null
        : { name: objective, magnification: magnificationIn(objective), numericalAperture: null },
    channels: waves.map(({ ImagingMode, EmissionFilter, ExcitationFilter }, i) => ({
      ...channels[i]!,
      excitation: nanometres(ExcitationFilter),
      emission: nanometres(EmissionFilter),
      projected: /projection/i.test(ImagingMode ?? ''),
    })),
  })
}

/** A row of `image_metadata_<n>.csv`. Numbers count from 1, where the instrument counts from 0. */
export interface HcsAiRow {
  /** Relative to the surveyed folder. */
  readonly path: string
  readonly well: string
  readonly site: number
  readonly wave: number
  readonly z: number
  readonly t: number
  /** The filter's name; '' where it is not said. */
  readonly filter: string
  /** ms */
  readonly exposure: number | null
  /** But for the size of pixels, which the `.jdce` says. */
  readonly facts: PlaneFacts
}

const COLUMNS = [
  'Row',
  'Column',
  'Field',
  'Wavelength',
  'Timepoint',
  'ZIndex',
  'ImageSubFolderPath',
  'ImageFileName',
] as const

/**
 * Reads the rows of an `image_metadata_<n>.csv`. Rows and columns of the plate count from 1, all else from 0; stage
 * positions are µm from the plate's upper left corner, x along its columns and y down its rows, as in the image.
 *
 * @param folder the folder of the table, relative to the surveyed folder
 */
export function readHcsAiRows(
  { headings, rows }: CsvTable,
  folder: string,
  path: string,
): Result<readonly HcsAiRow[], FaultOf<'index-invalid'>> {
  const places = new Map(headings.map((heading, place) => [heading, place]))
  const lacking = COLUMNS.find(column => !places.has(column))
  if (lacking !== undefined) return invalid(path, `it has no column ${lacking}`)
  const read: HcsAiRow[] = []
  for (const { line, cells } of rows) {
    // A row without a file is of an image that was not kept.
    if ((cells[places.get('ImageFileName')!] ?? '') === '') continue
    const text = (column: string): string => cells[places.get(column) ?? -1] ?? ''
    const count = (column: (typeof COLUMNS)[number]): number =>
      /^\d{1,6}$/.test(text(column)) ? Number(text(column)) : NaN
    const amount = (column: string): number | null => {
      const value = text(column) === '' ? NaN : Number(text(column))
      return Number.isFinite(value) && Math.abs(value) <= MOST ? value : null
    }
    const well = parseWell(wellName({ row: count('Row') - 1, column: count('Column') - 1 }))
    const name = `${text('ImageSubFolderPath')}/${text('ImageFileName')}`.replace(/^\//, '')
    const image = pathBelow(folder, name)
    const numbers = [count('Field'), count('Wavelength'), count('Timepoint'), count('ZIndex')]
    if (well === null || image === null || numbers.some(Number.isNaN))
      return invalid(path, `line ${line} names no image of a well`)
    const [x, y, z] = [amount('PositionXUm'), amount('PositionYUm'), amount('PositionZUm')]
    read.push({
      path: image,
      well: wellName(well),
      site: count('Field') + 1,
      wave: count('Wavelength') + 1,
      z: count('ZIndex') + 1,
      t: count('Timepoint') + 1,
      filter: text('ExcitationEmissionFilter'),
      exposure: amount('ExposureTimeMs'),
      facts: {
        pixelSize: null,
        position: x === null || y === null ? null : { x, y, z },
        takenAt: instantOf(amount('TimeStampSec')),
      },
    })
  }
  return ok(read)
}

/** Neither seconds since 1970 nor micrometres of a stage are more. */
const MOST = 1e11

/** @param seconds since 1970, UTC */
function instantOf(seconds: number | null): string | null {
  return seconds === null || seconds <= 0 ? null : new Date(seconds * 1000).toISOString()
}

function formatOf(rows = 0, columns = 0): PlateSize | null {
  const last =
    rows < 1 || columns < 1 ? null : parseWell(wellName({ row: rows - 1, column: columns - 1 }))
  return last === null ? null : { rows, columns }
}

function micrometres(size: number | undefined, unit = 'µm'): number | null {
  const inMicrometres = /^(?:[µμu]m|microns?)$/i.test(unit)
  return size !== undefined && inMicrometres && size > 0 && size < 1000 ? size : null
}

function nanometres(filter: z.infer<typeof Filter> = {}): number | null {
  const { Wavelength = 0, Unit = 'nm' } = filter
  return Unit === 'nm' && Wavelength > 0 ? Wavelength : null
}

function timeOf(date = '', time = ''): string | null {
  const iso = `${date}T${time}`
  const whole = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?$/.test(iso)
  return whole && !Number.isNaN(Date.parse(`${iso}Z`)) ? iso : null
}

function invalid(path: string, detail: string): Result<never, FaultOf<'index-invalid'>> {
  return fail({ kind: 'index-invalid', path, detail })
}
