import { encodeTiff } from '#core/image/encode-tiff.ts'
import { parseWell, PLATE_FORMATS, wellName } from '#core/plate/well.ts'
import { fieldPosition, imagedAt, OBJECTIVE, placeOf, type ImagedPlate } from '../imaged-plate.ts'
import type { Naming, PlaneName } from '../naming.ts'

/**
 * Opera Phenix and Operetta as Harmony 5 exports them: one folder a measurement, and in it the images and their index.
 * The index holds the time and the focus of every image, so that it cannot be there before the last of them.
 */
export const operettaNaming: Naming = {
  packs: 'plane',
  planePath: (plate, name) => `${imagesFolder(plate)}/${imageName(name)}`,
  files: (plate, { planes }) =>
    planes.map(image => ({
      path: operettaNaming.planePath(plate, image),
      bytes: encodeTiff(image.plane),
    })),
  sideFiles: (plate, imagedFields) =>
    imagedFields === plate.fields.length
      ? [{ path: `${imagesFolder(plate)}/Index.idx.xml`, text: harmonyIndex(plate) }]
      : [],
}

function imagesFolder(plate: ImagedPlate): string {
  const started = startedAt(plate).slice(0, 19).replaceAll(':', '_')
  return `${plate.name}__${started}-Measurement 1/Images`
}

function imageName({ well, site, wave }: Pick<PlaneName, 'well' | 'site' | 'wave'>): string {
  const { row, column } = parseWell(well)!
  const place = `r${two(row + 1)}c${two(column + 1)}f${two(site)}p01`
  return `${place}-ch${wave}sk1fk1fl1.tiff`
}

function startedAt(plate: ImagedPlate): string {
  return imagedAt(placeOf(plate, 0, 1))
}

/** Rows, columns, fields, planes and channels count from 1, time points from 0; y grows upwards; lengths in m. */
function harmonyIndex(plate: ImagedPlate): string {
  const { rows, columns } = PLATE_FORMATS[plate.format]
  const images = plate.fields.flatMap((_, field) =>
    plate.channels.map((_, channel) => imageElement(plate, field, channel + 1)),
  )
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<EvaluationInputData Version="1" xmlns="http://www.perkinelmer.com/PEHH/HarmonyV5">',
    '<User>Parfocal</User>',
    '<InstrumentType>Phenix</InstrumentType>',
    '<Plates>',
    '<Plate>',
    element('PlateID', plate.name),
    element('MeasurementStartTime', startedAt(plate)),
    element('Name', plate.name),
    element('PlateTypeName', `Simulated by Parfocal, seed ${plate.seed}`),
    element('PlateRows', rows),
    element('PlateColumns', columns),
    '</Plate>',
    '</Plates>',
    '<Images>',
    ...images,
    '</Images>',
    '</EvaluationInputData>',
  ]
  return lines.map(line => `${line}\r\n`).join('')
}

function imageElement(plate: ImagedPlate, field: number, wave: number): string {
  const { well: place, site } = plate.fields[field]!
  const well = wellName(place)
  const { name, excitation, emission, exposure } = plate.channels[wave - 1]!
  const { x, y } = fieldPosition(plate, site)
  return [
    '<Image Version="1">',
    element('id', `${two(place.row + 1)}${two(place.column + 1)}K1F${site}P1R${wave}`),
    element('State', 'Ok'),
    element('URL', imageName({ well, site, wave })),
    element('Row', place.row + 1),
    element('Col', place.column + 1),
    element('FieldID', site),
    element('PlaneID', 1),
    element('TimepointID', 0),
    element('ChannelID', wave),
    element('FlimID', 1),
    element('ChannelName', name),
    quantity('ImageResolutionX', 'm', plate.optics.pixelSize / 1e6),
    quantity('ImageResolutionY', 'm', plate.optics.pixelSize / 1e6),
    element('ImageSizeX', plate.width),
    element('ImageSizeY', plate.height),
    quantity('PositionX', 'm', x / 1e6),
    quantity('PositionY', 'm', (0 - y) / 1e6),
    quantity('PositionZ', 'm', 0),
    quantity('AbsPositionZ', 'm', 0.1346),
    element('AbsTime', imagedAt(placeOf(plate, field, wave))),
    quantity('MainExcitationWavelength', 'nm', excitation * 1000),
    quantity('MainEmissionWavelength', 'nm', emission * 1000),
    quantity('ObjectiveMagnification', '', OBJECTIVE.magnification),
    quantity('ObjectiveNA', '', OBJECTIVE.numericalAperture),
    quantity('ExposureTime', 's', exposure / 1000),
    '</Image>',
  ].join('')
}

function element(name: string, text: string | number): string {
  return `<${name}>${text}</${name}>`
}

/** Twelve digits, so that decimal fractions look as they do in the unit that they come from. */
function quantity(name: string, unit: string, value: number): string {
  return `<${name} Unit="${unit}">${Number(value.toPrecision(12))}</${name}>`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
