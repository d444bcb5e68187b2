import { encodeTiff } from '#core/image/encode-tiff.ts'
import { parseWell, PLATE_FORMATS, rowName, wellName } from '#core/plate/well.ts'
import { fieldPosition, imagedAt, OBJECTIVE, placeOf, type ImagedPlate } from '../imaged-plate.ts'
import type { Naming, PlaneName } from '../naming.ts'

/**
 * GE IN Cell Analyzer 2000: images and their index in one folder. The protocol is there from the start; the list of the
 * images holds the time of each, and is written with the last.
 */
export const inCellNaming: Naming = {
  packs: 'plane',
  planePath: imageName,
  files: (plate, { planes }) =>
    planes.map(image => ({ path: imageName(plate, image), bytes: encodeTiff(image.plane) })),
  sideFiles: (plate, imagedFields) => {
    const done = imagedFields === plate.fields.length
    if (imagedFields > 0 && !done) return []
    return [{ path: `${plate.name}.xdce`, text: xdce(plate, done) }]
  },
}

function imageName(
  plate: ImagedPlate,
  { well, site, channel }: Pick<PlaneName, 'well' | 'site' | 'channel'>,
): string {
  const { row, column } = parseWell(well)!
  const field = String(site).padStart(String(plate.sitesPerWell).length, '0')
  const name = `${rowName(row)} - ${String(column + 1).padStart(2, '0')}`
  return `${name}(fld ${field} wv ${channel} - ${channel}).tif`
}

/** Rows and columns count from 1, all else from 0; y grows upwards. */
function xdce(plate: ImagedPlate, done: boolean): string {
  const { rows, columns } = PLATE_FORMATS[plate.format]
  const [date, time] = startedAt(plate).slice(0, -1).split('T')
  const { pixelSize } = plate.optics
  const planes = plate.fields.length * plate.channels.length
  const lines = [
    '<?xml version="1.0" encoding="ISO-8859-1" standalone="no"?>',
    '<ImageStack>',
    '<Application name="IN Cell Analyzer 2000" software_version="0"/>',
    `<Creation date="${date}" time="${time}" timezoneoffset="+0000"/>`,
    `<AutoLeadAcquisitionProtocol name="Simulated by Parfocal, seed ${plate.seed}" version="0">`,
    '<Microscopy type="Fluorescence"/>',
    `<ObjectiveCalibration magnification="${OBJECTIVE.magnification}" numerical_aperture="${OBJECTIVE.numericalAperture}" objective_name="${OBJECTIVE.name}" pixel_height="${pixelSize}" pixel_width="${pixelSize}" refractive_index="1.0" unit="um"/>`,
    '<Camera name="simulated">',
    '<Binning value="1 X 1"/>',
    `<Size height="${plate.height}" width="${plate.width}"/>`,
    '</Camera>',
    `<Plate columns="${columns}" name="${plate.format} wells" rows="${rows}"/>`,
    '<PlateMap>',
    '<NamingRows begin="A"/>',
    '<NamingColumns begin="1"/>',
    ...excludedWells(plate),
    ...fieldOffsets(plate),
    '<TimeSchedule enabled="false"/>',
    '<ZDimensionParameters number_of_slices="1"/>',
    '</PlateMap>',
    '<Wavelengths>',
    ...plate.channels.flatMap(({ name, excitation, emission, exposure }, index) => [
      `<Wavelength fusion_wave="false" imaging_mode="2-D" index="${index}">`,
      `<ExcitationFilter name="${name}" unit="nm" wavelength="${Math.round(excitation * 1000)}"/>`,
      `<EmissionFilter name="${name}" unit="nm" wavelength="${Math.round(emission * 1000)}"/>`,
      `<Exposure time="${exposure}" unit="ms"/>`,
      '</Wavelength>',
    ]),
    '</Wavelengths>',
    '</AutoLeadAcquisitionProtocol>',
    `<Images number="${done ? planes : 0}">`,
    ...(done ? plate.fields.flatMap((_, field) => imageElements(plate, field)) : []),
    '</Images>',
    '</ImageStack>',
  ]
  return lines.map(line => `${line}\r\n`).join('')
}

function startedAt(plate: ImagedPlate): string {
  return imagedAt(placeOf(plate, 0, 1))
}

function excludedWells(plate: ImagedPlate): readonly string[] {
  const { rows, columns } = PLATE_FORMATS[plate.format]
  const imaged = new Set(plate.fields.map(({ well }) => wellName(well)))
  return Array.from({ length: rows * columns }, (_, place) => ({
    row: Math.floor(place / columns),
    column: place % columns,
  }))
    .filter(well => !imaged.has(wellName(well)))
    .map(({ row, column }) => `<Exclude col="${column + 1}" row="${row + 1}"/>`)
}

function fieldOffsets(plate: ImagedPlate): readonly string[] {
  const offsets = Array.from({ length: plate.sitesPerWell }, (_, index) => {
    const { x, y } = fieldPosition(plate, index + 1)
    return `<offset_point index="${index}" x="${x}" y="${0 - y}"/>`
  })
  return ['<FieldOffsets>', ...offsets, '</FieldOffsets>']
}

function imageElements(plate: ImagedPlate, place: number): readonly string[] {
  const { well, site } = plate.fields[place]!
  return plate.channels.flatMap(({ name, exposure }, index) => {
    const taken = Date.parse(imagedAt(placeOf(plate, place, index + 1)))
    const file = imageName(plate, { well: wellName(well), site, channel: name })
    return [
      `<Image acquisition_time_ms="${taken - Date.parse(startedAt(plate))}" filename="${file}" thumbnail="">`,
      `<Well label="${rowName(well.row)} - ${well.column + 1}">`,
      `<Row number="${well.row + 1}"/>`,
      `<Column number="${well.column + 1}"/>`,
      '</Well>',
      '<FocusPosition unit="um" z="0.0"/>',
      `<Exposure time="${exposure}" unit="ms"/>`,
      `<Identifier field_index="${site - 1}" time_index="0" wave_index="${index}" z_index="0"/>`,
      '</Image>',
    ]
  })
}
