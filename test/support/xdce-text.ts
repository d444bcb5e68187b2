export interface XdceOrder {
  readonly rows?: number
  readonly columns?: number
  /** Those that are imaged; all others are excluded. Rows and columns count from 1. */
  readonly wells?: readonly (readonly [row: number, column: number])[]
  readonly excludes?: boolean
  readonly offsets?: readonly (readonly [x: number, y: number])[]
  readonly waves?: readonly {
    readonly excitation: string
    readonly emission: string
    readonly mode?: string
    readonly fused?: boolean
  }[]
  readonly slices?: number
  /** How many `AcqWave` each time point has. */
  readonly times?: readonly number[]
  readonly images?: readonly ImageOrder[]
}

/** Counted as the index does: rows and columns from 1, all else from 0. */
export interface ImageOrder {
  readonly filename: string
  readonly row: number
  readonly column: number
  readonly field?: number
  readonly wave?: number
  readonly z?: number
  readonly t?: number
  readonly thumbnail?: string
  readonly takenMs?: number
  readonly focus?: number
  readonly more?: string
}

/** An `.xdce` as an IN Cell 2000 writes it, with invented contents. */
export function xdceText(order: XdceOrder): string {
  const { rows = 8, columns = 12, excludes = true, slices = 1, times = [], images = [] } = order
  const { wells = [[1, 1]], offsets = [[0, 0]] } = order
  const { waves = [{ excitation: '390', emission: 'Blue' }] } = order
  const imaged = new Set(wells.map(([row, column]) => `${row} ${column}`))
  const excluded = Array.from({ length: rows * columns }, (_, place) => [
    Math.floor(place / columns) + 1,
    (place % columns) + 1,
  ]).filter(([row, column]) => excludes && !imaged.has(`${row} ${column}`))
  return [
    '<?xml version="1.0" encoding="ISO-8859-1" standalone="no"?>',
    '<ImageStack>',
    '<Application name="IN Cell Analyzer 2000" software_version="1"/>',
    '<Creation date="2026-03-04" time="05:06:07"/>',
    '<AutoLeadAcquisitionProtocol name="drawn">',
    '<ObjectiveCalibration magnification="10.0" numerical_aperture="0.45" objective_name="drawn 10X" pixel_height="0.65" pixel_width="0.65" unit="um"/>',
    `<Plate columns="${columns}" name="drawn" rows="${rows}"/>`,
    '<PlateMap>',
    ...excluded.map(([row, column]) => `<Exclude col="${column}" row="${row}"/>`),
    ...offsets.map(([x, y], index) => `<offset_point index="${index}" x="${x}" y="${y}"/>`),
    `<TimeSchedule enabled="${times.length > 0}"><Times>`,
    ...times.map(acquired => `<TimePoint>${'<AcqWave/>'.repeat(acquired)}</TimePoint>`),
    '</Times></TimeSchedule>',
    `<ZDimensionParameters number_of_slices="${slices}"/>`,
    '</PlateMap>',
    '<Wavelengths>',
    ...waves.map(
      ({ excitation, emission, mode = '3-D', fused = false }, index) =>
        `<Wavelength fusion_wave="${fused}" imaging_mode="${mode}" index="${index}"><ExcitationFilter name="${excitation}" wavelength="390"/><EmissionFilter name="${emission}" wavelength="432.5"/></Wavelength>`,
    ),
    '</Wavelengths>',
    '</AutoLeadAcquisitionProtocol>',
    `<Images number="${images.length}">`,
    ...images.map(imageElement),
    '</Images>',
    '</ImageStack>',
  ].join('\r\n')
}

function imageElement(image: ImageOrder): string {
  const { filename, row, column, field = 0, wave = 0, z = 0, t = 0 } = image
  const { thumbnail = '', takenMs = 0, focus = 0, more = '' } = image
  return [
    `<Image acquisition_time_ms="${takenMs}" filename="${filename}" thumbnail="${thumbnail}">`,
    `<Well label="drawn"><Row number="${row}"/><Column number="${column}"/></Well>`,
    `<FocusPosition unit="um" z="${focus}"/><Exposure time="120"/>${more}`,
    `<Identifier field_index="${field}" time_index="${t}" wave_index="${wave}" z_index="${z}"/>`,
    '</Image>',
  ].join('\r\n')
}
