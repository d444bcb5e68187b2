import { encodeTiffPages } from '#core/image/encode-tiff.ts'
import { parseWell, rowName, wellName } from '#core/plate/well.ts'
import type { PlannedField } from '#core/simulate/plan-plate.ts'
import { imagedAt, placeOf, type ImagedPlate } from '../imaged-plate.ts'
import type { Naming } from '../naming.ts'
import { stagePosition } from '../ome-plate.ts'

/** Micro-Manager 2.0: a stack for each position that the HCS plugin named, with its metadata.txt beside it. */
export const microManagerNaming: Naming = {
  packs: 'field',
  planePath: (plate, { well, site }) => `${stem(plate, positionOf(well, site))}.ome.tif`,
  files: (plate, { well, site, planes }) => {
    const pages = planes.map(({ plane: { width, height, pixels } }) => ({ width, height, pixels }))
    const path = `${stem(plate, positionOf(well, site))}.ome.tif`
    return [{ path, bytes: encodeTiffPages(pages) }]
  },
  sideFiles: (plate, imagedFields) => {
    const field = plate.fields[imagedFields - 1]
    if (field === undefined) return []
    const position = positionOf(wellName(field.well), field.site)
    const path = `${stem(plate, position)}_metadata.txt`
    return [{ path, text: metadata(plate, field, imagedFields - 1, position) }]
  },
}

function stem({ name }: Pick<ImagedPlate, 'name'>, position: string): string {
  return `${name}_MMStack_${position}`
}

/** `A1-Site_0`: columns without zeros, sites from 0. */
function positionOf(well: string, site: number): string {
  const { row, column } = parseWell(well)!
  return `${rowName(row)}${column + 1}-Site_${site - 1}`
}

/** What FileSet writes: the summary, then the frames in the order of their pages. */
function metadata(
  plate: ImagedPlate,
  field: PlannedField,
  place: number,
  position: string,
): string {
  const { channels } = plate
  const { x, y } = stagePosition(plate, field)
  const frames = field.planes.flatMap(({ defects }, c) => {
    if (defects.includes('missing')) return []
    const frame = {
      Channel: channels[c]!.name,
      ChannelIndex: c,
      SliceIndex: 0,
      FrameIndex: 0,
      PositionName: position,
      FileName: `${stem(plate, position)}.ome.tif`,
      'Exposure-ms': channels[c]!.exposure,
      PixelSizeUm: plate.optics.pixelSize,
      PixelSizeAffine: `${plate.optics.pixelSize};0.0;0.0;0.0;${plate.optics.pixelSize};0.0`,
      ReceivedTime: timeOf(placeOf(plate, place, c + 1)),
      XPositionUm: x,
      YPositionUm: y,
      Width: plate.width,
      Height: plate.height,
    }
    return [`"FrameKey-0-${c}-0": ${JSON.stringify(frame, null, 2)}`]
  })
  return `{\n${[`"Summary": ${JSON.stringify(summary(plate), null, 2)}`, ...frames].join(',\n')}\n}\n`
}

function summary(plate: ImagedPlate): object {
  const { name, channels, fields, width, height } = plate
  return {
    MicroManagerVersion: '2.0.1',
    Prefix: name,
    Channels: channels.length,
    ChNames: channels.map(channel => channel.name),
    Slices: 1,
    Frames: 1,
    Positions: fields.length,
    StagePositions: fields.map(({ well, site }) => {
      return { Label: positionOf(wellName(well), site), GridRow: 0, GridCol: 0 }
    }),
    StartTime: timeOf(placeOf(plate, 0, 1)),
    Width: width,
    Height: height,
    PixelType: 'GRAY16',
  }
}

/** As Java's SimpleDateFormat gives it. */
function timeOf(place: number): string {
  return imagedAt(place).replace('T', ' ').replace('Z', ' +0000')
}
