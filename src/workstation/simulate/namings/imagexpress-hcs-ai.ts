import { encodeTiff } from '#core/image/encode-tiff.ts'
import { PLATE_FORMATS, rowName, wellName } from '#core/plate/well.ts'
import {
  fieldPosition,
  imagedAt,
  OBJECTIVE,
  placeOf,
  plateUuid,
  stagePosition,
  type ImagedPlate,
} from '../imaged-plate.ts'
import type { Naming, PlaneName } from '../naming.ts'

/** Molecular Devices ImageXpress HCS.ai, as MetaXpress Acquire writes it: all counts begin at 0. */
export const imagexpressHcsAiNaming: Naming = {
  packs: 'plane',
  planePath: (plate, plane) => `experiment/timepoint0/${imageName(plate, plane)}`,
  files: (plate, { planes }) =>
    planes.map(image => {
      const { width, height, pixels } = image.plane
      const bytes = encodeTiff({ width, height, pixels })
      return { path: imagexpressHcsAiNaming.planePath(plate, image), bytes }
    }),
  sideFiles: (plate, imagedFields) => {
    if (imagedFields === 0) {
      return [
        { path: `${plate.name}.mxprotocol`, text: JSON.stringify({ name: plate.name }) },
        { path: `experiment/${plate.name}.jdce`, text: settings(plate) },
      ]
    }
    if (imagedFields < plate.fields.length) return []
    return [{ path: 'experiment/image_metadata_1.csv', text: table(plate) }]
  },
}

function imageName({ name }: ImagedPlate, { well, site, wave }: PlaneName): string {
  return `${name}_t0_${well}_s${site - 1}_w${wave - 1}_z0.tif`
}

function settings(plate: ImagedPlate): string {
  const { name, format, optics, channels, width, height, firstPlace } = plate
  const { rows, columns } = PLATE_FORMATS[format]
  const [date, clock] = imagedAt(firstPlace).slice(0, 19).split('T')
  const filter = (Name: string, micrometres: number) => ({
    Name,
    Wavelength: Math.round(micrometres * 1000),
    Unit: 'nm',
  })
  const document = {
    Version: '1.1',
    ImageStack: {
      PlateId: `${name} ${date}, ${clock}`,
      Uuid: plateUuid(plate),
      Application: { Name: 'MetaXpress Acquire', SoftwareLabel: 'Simulated by Parfocal' },
      Creation: { Date: date, Time: clock, TimeZoneOffset: '0' },
      ImageFormat: 'TIFF',
      LargeImage: false,
      AutoLeadAcquisitionProtocol: {
        Camera: { Size: { Width: width, Height: height }, Binning: '1 X 1' },
        ObjectiveCalibration: {
          Unit: 'µm',
          ObjectiveName: OBJECTIVE.name,
          PixelWidth: optics.pixelSize,
          PixelHeight: optics.pixelSize,
        },
        Plate: { Name: `${format} wells`, Rows: rows, Columns: columns },
        Wavelengths: channels.map(({ name: stain, excitation, emission }, Index) => ({
          Index,
          ImagingMode: '2-D',
          ZSlice: 1,
          ZStep: 0,
          EmissionFilter: filter(stain, emission),
          ExcitationFilter: filter(stain, excitation),
        })),
      },
      SpecimenHolder: { Type: 'plate', Label: `${format} wells`, Barcode: '' },
      ImageMetadataFiles: ['image_metadata_1.csv'],
    },
  }
  return JSON.stringify(document, null, 4)
}

const COLUMNS =
  'FovUuid,Well,Row,Column,Field,Wavelength,Timepoint,ZIndex,ImageStartXPx,ImageStartYPx,ImageSizeXPx,ImageSizeYPx,' +
  'ImageSubFolderPath,ImageFileName,TimeStampSec,ExposureTimeMs,ExcitationEmissionFilter,PositionXUm,PositionYUm,' +
  'PositionZUm,FieldOffsetPointX,FieldOffsetPointY'

/** A row of each plane that was to be imaged, in the order of imaging. */
function table(plate: ImagedPlate): string {
  const rows = plate.fields.flatMap(({ well, site }, field) =>
    plate.channels.map(({ name: channel, exposure }, i) => {
      const place = { well: wellName(well), site, wave: i + 1, channel }
      const { x, y } = stagePosition(plate, place)
      const offset = fieldPosition(plate, site)
      return [
        `${plateUuid(plate)}-${field}`,
        `${rowName(well.row)} - ${well.column + 1}`,
        well.row + 1,
        well.column + 1,
        site - 1,
        i,
        0,
        0,
        0,
        0,
        plate.width,
        plate.height,
        'timepoint0',
        imageName(plate, place),
        Date.parse(imagedAt(placeOf(plate, field, i + 1))) / 1000,
        exposure,
        channel,
        x,
        y,
        0,
        offset.x,
        offset.y,
      ]
    }),
  )
  return [COLUMNS, ...rows.map(row => row.join(','))].map(line => `${line}\r\n`).join('')
}
