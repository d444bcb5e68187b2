import { encodeTiff } from '#core/image/encode-tiff.ts'
import { parseWell, rowName } from '#core/plate/well.ts'
import { imagedAt, OBJECTIVE, type ImagedPlate } from '../imaged-plate.ts'
import type { FieldImages, Naming, PlaneName } from '../naming.ts'

type ImagedPlane = FieldImages['planes'][number]

/** BioTek Cytation as Gen5 exports it: a folder a plate, no index, and notes in each image. */
export const cytationNaming: Naming = {
  packs: 'plane',
  planePath,
  files: (plate, { planes }) =>
    planes.map(image => {
      const { width, height, pixels } = image.plane
      const description = gen5Description(plate, image)
      return {
        path: planePath(plate, image),
        bytes: encodeTiff({ width, height, pixels, description }),
      }
    }),
  sideFiles: () => [],
}

function planePath({ name }: ImagedPlate, { well, site, wave, channel }: PlaneName): string {
  return `${name}/${plainWell(well)}_01_${wave}_${site}_${channel}_001.tif`
}

function plainWell(well: string): string {
  const { row, column } = parseWell(well)!
  return `${rowName(row)}${column + 1}`
}

/** What Gen5 writes into a plane's ImageDescription, as far as readers take something of it. */
function gen5Description(plate: ImagedPlate, image: ImagedPlane): string {
  const { width, height } = image.plane
  const { excitation, emission, exposure } = plate.channels[image.wave - 1]!
  const { pixelSize } = plate.optics
  const [year, month, day] = imagedAt(image.place).slice(2, 10).split('-')
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<BTIImageMetaData Version="0">',
    '<ImageReference>',
    element('Plate', plate.name),
    element('Well', plainWell(image.well)),
    element('Date', `${month}/${day}/${year}`),
    element('Time', imagedAt(image.place).slice(11, 19)),
    '</ImageReference>',
    '<ImageAcquisition>',
    element('PixelWidth', width),
    element('PixelHeight', height),
    element('ImageWidthMicrons', width * pixelSize),
    element('ImageHeightMicrons', height * pixelSize),
    element('ObjectiveSize', OBJECTIVE.magnification),
    element('NumericalAperture', OBJECTIVE.numericalAperture),
    element('ShutterSpeedMS', exposure),
    `<Channel Color="${image.channel}">`,
    element('ExcitationWavelength', Math.round(excitation * 1000)),
    element('EmissionWavelength', Math.round(emission * 1000)),
    '</Channel>',
    '</ImageAcquisition>',
    '</BTIImageMetaData>',
  ].join('\r\n')
}

function element(name: string, value: string | number): string {
  return `<${name}>${value}</${name}>`
}
