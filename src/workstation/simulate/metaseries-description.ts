import { encodeTiff } from '#core/image/encode-tiff.ts'
import { imagedAt, OBJECTIVE, stagePosition, type ImagedPlate } from './imaged-plate.ts'
import type { FieldImages, WrittenFile } from './naming.ts'

type ImagedPlane = FieldImages['planes'][number]

/** One plane as a TIFF with MetaMorph's notes. */
export function metaSeriesFile(path: string, plate: ImagedPlate, image: ImagedPlane): WrittenFile {
  const { width, height, pixels } = image.plane
  const description = metaSeriesDescription(plate, image)
  return { path, bytes: encodeTiff({ width, height, pixels, description }) }
}

/**
 * What an ImageXpress writes into a plane's ImageDescription, as far as readers take something of it.
 *
 * `pixel-size-x` is MetaMorph's name for the width of the image in pixels; the side of a pixel in the specimen is
 * the spatial calibration. The time is that of the instrument's clock, here UTC.
 */
export function metaSeriesDescription(plate: ImagedPlate, image: ImagedPlane): string {
  const { width, height, pixels } = image.plane
  const { exposure, emission } = plate.channels[image.wave - 1]!
  const { x, y } = stagePosition(plate, image)
  const plane = [
    property('plane-type', 'string', 'plane'),
    property('pixel-size-x', 'int', width),
    property('pixel-size-y', 'int', height),
    property('bits-per-pixel', 'int', pixels.BYTES_PER_ELEMENT * 8),
    property('spatial-calibration-state', 'bool', 'on'),
    property('spatial-calibration-x', 'float', plate.optics.pixelSize),
    property('spatial-calibration-y', 'float', plate.optics.pixelSize),
    property('spatial-calibration-units', 'string', 'um'),
    property('acquisition-time-local', 'time', clockTime(imagedAt(image.place))),
    property('stage-position-x', 'float', x),
    property('stage-position-y', 'float', y),
    property('stage-label', 'string', `${image.well} : Site ${image.site}`),
    property('z-position', 'float', 0),
    property('wavelength', 'float', Math.round(emission * 1000)),
    property('_IllumSetting_', 'string', image.channel),
    property('_MagNA_', 'float', OBJECTIVE.numericalAperture),
    property('_MagSetting_', 'string', OBJECTIVE.name),
    property('Exposure Time', 'string', `${exposure} ms`, 'custom-prop'),
  ]
  return [
    '<MetaData>',
    property('Description', 'string', 'Simulated by Parfocal'),
    property('MetaDataVersion', 'float', 1),
    '<PlaneInfo>',
    ...plane,
    '</PlaneInfo>',
    '</MetaData>',
  ].join('\r\n')
}

/** `20260105 08:00:00.000` */
function clockTime(iso: string): string {
  return iso.replace('T', ' ').replaceAll('-', '').replace('Z', '')
}

function property(id: string, type: string, value: string | number, name = 'prop'): string {
  return `<${name} id="${id}" type="${type}" value="${value}"/>`
}
