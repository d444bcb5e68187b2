import { encodeTiff } from '#core/image/encode-tiff.ts'
import { parseWell, PLATE_FORMATS, rowName, wellName } from '#core/plate/well.ts'
import { imagedAt, placeOf, stagePosition, type ImagedPlate } from '../imaged-plate.ts'
import type { Naming, PlaneName } from '../naming.ts'

/**
 * Olympus scan^R: the settings and a log beside the folder of the images. The log is written after the last field of
 * each well, not after each field: it is written anew each time here, where the instrument adds a line.
 */
export const scanRNaming: Naming = {
  packs: 'plane',
  planePath,
  files: (plate, { planes }) =>
    planes.map(image => ({ path: planePath(plate, image), bytes: encodeTiff(image.plane) })),
  sideFiles: (plate, imagedFields) => {
    if (imagedFields === 0)
      return [{ path: 'experiment_descriptor.xml', text: experimentDescriptor(plate) }]
    const wellDone = imagedFields % plate.sitesPerWell === 0
    if (!wellDone && imagedFields < plate.fields.length) return []
    return [{ path: 'AcquisitionLog.dat', text: acquisitionLog(plate, imagedFields) }]
  },
}

/** Wells and positions count from 1, steps and times from 0. */
function planePath(
  plate: ImagedPlate,
  { well, site, channel }: Pick<PlaneName, 'well' | 'site' | 'channel'>,
): string {
  const { row, column } = parseWell(well)!
  const number = five(wellNumber(plate, { row, column }))
  const place = `${rowName(row)}${column + 1}--W${number}--P${five(site)}--Z00000--T00000`
  return `data/${place}--${channel}.tif`
}

function wellNumber(
  { format }: ImagedPlate,
  { row, column }: { readonly row: number; readonly column: number },
): number {
  return row * PLATE_FORMATS[format].columns + column + 1
}

function experimentDescriptor(plate: ImagedPlate): string {
  const { rows, columns } = PLATE_FORMATS[plate.format]
  const wells = new Map(plate.fields.map(({ well }) => [wellName(well), well]))
  const table = [...wells.values()].flatMap(well => [
    named('String', '', wellNumber(plate, well)),
    named('String', '', `${rowName(well.row)}${well.column + 1}`),
    named('String', '', ''),
  ])
  const channels = plate.channels.map(({ name, exposure }) =>
    cluster('channel', [
      named('String', 'name', name),
      named('DBL', 'exposure time', exposure),
      named('Boolean', 'idle', 0),
    ]),
  )
  const lines = [
    '<?xml version="1.0" standalone="yes"?>',
    '<LVData xmlns="http://www.ni.com/LVData">',
    '<Version>0</Version>',
    cluster('experiment', [
      named('String', 'plate name', plate.name),
      cluster('format typedef', [named('I32', 'Rows', rows), named('I32', 'Columns', columns)]),
      array('well selection table + cDNA', [wells.size, 3], table),
      named('I32', 'columns/well', plate.sitesPerWell),
      named('I32', 'rows/well', 1),
      named('I32', '# slices', 1),
      named('I32', 'timeloop real', 1),
      named('DBL', 'conversion factor um/pixel', plate.optics.pixelSize),
      array('channels', [plate.channels.length], channels),
    ]),
    '</LVData>',
  ]
  return lines.map(line => `${line}\r\n`).join('')
}

function named(type: string, name: string, value: string | number): string {
  return `<${type}>\r\n<Name>${name}</Name>\r\n<Val>${value}</Val>\r\n</${type}>`
}

function cluster(name: string, parts: readonly string[]): string {
  return [`<Cluster>`, `<Name>${name}</Name>`, `<NumElts>${parts.length}</NumElts>`, ...parts]
    .concat('</Cluster>')
    .join('\r\n')
}

function array(name: string, sizes: readonly number[], parts: readonly string[]): string {
  const dimensions = sizes.map(size => `<Dimsize>${size}</Dimsize>`)
  return ['<Array>', `<Name>${name}</Name>`, ...dimensions, ...parts, '</Array>'].join('\r\n')
}

/** A line a stop of the stage, whose y grows upwards; times are s since the beginning. */
function acquisitionLog(plate: ImagedPlate, fields: number): string {
  const started = Date.parse(imagedAt(placeOf(plate, 0, 1)))
  return plate.fields
    .slice(0, fields)
    .map(({ well, site }, place) => {
      const { x, y } = stagePosition(plate, { well: wellName(well), site })
      const seconds = (Date.parse(imagedAt(placeOf(plate, place, 1))) - started) / 1000
      const stop = `W=${wellNumber(plate, well)}\tP=${site}\tT=0\tZ=0`
      return `${stop}\tX=${x}\tY=${0 - y}\tZ=0\tT=${seconds}\r\n`
    })
    .join('')
}

function five(number: number): string {
  return String(number).padStart(5, '0')
}
