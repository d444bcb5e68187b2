import { PLATE_FORMATS, wellName } from '#core/plate/well.ts'
import { seedFrom } from '#core/simulate/random.ts'
import type { ImagedPlate } from './imaged-plate.ts'

/** The HTD that MetaXpress writes at the start of an acquisition; lines end as on Windows. */
export function imagexpressIndex(plate: ImagedPlate): string {
  const { rows, columns } = PLATE_FORMATS[plate.format]
  const imaged = new Set(plate.fields.map(({ well }) => wellName(well)))
  const sites = plate.sitesPerWell
  const xSites = Math.ceil(Math.sqrt(sites))
  const ySites = Math.ceil(sites / xSites)
  const lines = [
    '"HTSInfoFile", Version 1.0',
    `"Description", "Simulated by Parfocal, seed ${plate.seed}"`,
    '"PlateType", 2',
    '"TimePoints", 1',
    '"ZSeries", FALSE',
    '"ZSteps", 1',
    '"ZProjection", FALSE',
    `"XWells", ${columns}`,
    `"YWells", ${rows}`,
    ...grid(rows, columns, (row, column) => imaged.has(wellName({ row, column }))).map(
      (flags, row) => `"WellsSelection${row + 1}", ${flags}`,
    ),
    `"Sites", ${flag(sites > 1)}`,
    `"XSites", ${xSites}`,
    `"YSites", ${ySites}`,
    ...grid(ySites, xSites, (row, column) => row * xSites + column < sites).map(
      (flags, row) => `"SiteSelection${row + 1}", ${flags}`,
    ),
    `"Waves", ${flag(plate.channels.length > 1)}`,
    `"NWavelengths", ${plate.channels.length}`,
    ...plate.channels.map((channel, i) => `"WaveName${i + 1}", "${channel}"`),
    ...plate.channels.map((_, i) => `"WaveCollect${i + 1}", 1`),
    `"UniquePlateIdentifier", "${uniqueId(plate)}"`,
    '"EndFile"',
  ]
  return lines.map(line => `${line}\r\n`).join('')
}

function grid(
  rows: number,
  columns: number,
  chosen: (row: number, column: number) => boolean,
): readonly string[] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => flag(chosen(row, column))).join(', '),
  )
}

function flag(on: boolean): string {
  return on ? 'TRUE' : 'FALSE'
}

/** The same for the same plate, however often it is imaged: a UUID of version 8 (RFC 9562), whose bits are its maker's. */
function uniqueId({ name, seed, format, fieldsOfPlate, channels }: ImagedPlate): string {
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
