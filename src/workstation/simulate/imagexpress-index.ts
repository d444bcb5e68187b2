import { PLATE_FORMATS, wellName } from '#core/plate/well.ts'
import { fieldGrid, plateUuid, type ImagedPlate } from './imaged-plate.ts'

/** The HTD that MetaXpress writes at the start of an acquisition; lines end as on Windows. */
export function imagexpressIndex(plate: ImagedPlate): string {
  const { rows, columns } = PLATE_FORMATS[plate.format]
  const imaged = new Set(plate.fields.map(({ well }) => wellName(well)))
  const sites = plate.sitesPerWell
  const { rows: ySites, columns: xSites } = fieldGrid(plate)
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
    ...plate.channels.map((channel, i) => `"WaveName${i + 1}", "${channel.name}"`),
    ...plate.channels.map((_, i) => `"WaveCollect${i + 1}", 1`),
    `"UniquePlateIdentifier", "${plateUuid(plate)}"`,
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
