import { encodeTiff } from '#core/image/encode-tiff.ts'
import type { Plane } from '#core/image/plane.ts'
import type { ImagedPlate } from './imaged-plate.ts'
import type { WrittenFile } from './naming.ts'

/** One plane as a TIFF with MetaMorph's notes. */
export function metaSeriesFile(
  path: string,
  { optics }: Pick<ImagedPlate, 'optics'>,
  { width, height, pixels }: Plane,
): WrittenFile {
  const bits = pixels.BYTES_PER_ELEMENT * 8
  const description = metaSeriesDescription({ width, height }, bits, optics.pixelSize)
  return { path, bytes: encodeTiff({ width, height, pixels, description }) }
}

/**
 * What an ImageXpress writes into a plane's ImageDescription, of which readers take the pixel's size.
 *
 * `pixel-size-x` is MetaMorph's name for the width of the image in pixels; the side of a pixel in the specimen is
 * the spatial calibration.
 */
export function metaSeriesDescription(
  { width, height }: { readonly width: number; readonly height: number },
  bits: number,
  micrometres: number,
): string {
  const plane = [
    property('plane-type', 'string', 'plane'),
    property('pixel-size-x', 'int', width),
    property('pixel-size-y', 'int', height),
    property('bits-per-pixel', 'int', bits),
    property('spatial-calibration-state', 'bool', 'on'),
    property('spatial-calibration-x', 'float', micrometres),
    property('spatial-calibration-y', 'float', micrometres),
    property('spatial-calibration-units', 'string', 'um'),
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

function property(id: string, type: string, value: string | number): string {
  return `<prop id="${id}" type="${type}" value="${value}"/>`
}
