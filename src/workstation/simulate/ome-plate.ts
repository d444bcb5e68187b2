import { wellName, PLATE_FORMATS } from '#core/plate/well.ts'
import type { PlannedField } from '#core/simulate/plan-plate.ts'
import {
  fieldPosition,
  imagedAt,
  OBJECTIVE,
  placeOf,
  plateUuid,
  type ImagedPlate,
} from './imaged-plate.ts'

/** The file of a field, below the acquisition's folder. */
export function omeFieldName(
  { name }: Pick<ImagedPlate, 'name'>,
  well: string,
  site: number,
): string {
  return `${name}_${well}_s${site}.ome.tif`
}

/**
 * OME-XML 2016-06 of a plate (SPW): wells in the order of imaging with their fields, and of each field the planes that
 * its file holds. One that the instrument lost has no page; that the sizes count it says that it was to be there.
 */
export function omePlate(plate: ImagedPlate): string {
  const { name, format, optics } = plate
  const { rows, columns } = PLATE_FORMATS[format]
  const fields = plate.fields.map((field, i) => ({ field, i, well: wellName(field.well) }))
  const wells = [...Map.groupBy(fields, ({ well }) => well)].map(([well, own], w) => {
    const { row, column } = own[0]!.field.well
    const samples = own.map(
      ({ i }) =>
        `<WellSample ID="WellSample:${i}" Index="${i}"><ImageRef ID="Image:${i}"/></WellSample>`,
    )
    return `<Well ID="Well:${w}" Row="${row}" Column="${column}" ExternalIdentifier="${well}">${samples.join('')}</Well>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" Creator="Parfocal">',
    `<Plate ID="Plate:0" Name="${name}" ExternalIdentifier="${plateUuid(plate)}" Rows="${rows}" Columns="${columns}">`,
    ...wells,
    '</Plate>',
    '<Instrument ID="Instrument:0">',
    `<Objective ID="Objective:0" Model="${OBJECTIVE.name}" NominalMagnification="${OBJECTIVE.magnification}" LensNA="${optics.numericalAperture}"/>`,
    '</Instrument>',
    ...fields.map(({ field, i }) => image(plate, field, i)),
    '</OME>',
    '',
  ].join('\n')
}

/** What stands in each file: where its metadata is. */
export function omeBinaryOnly(metadataFile: string): string {
  const space = 'http://www.openmicroscopy.org/Schemas/OME/2016-06'
  return `<?xml version="1.0" encoding="UTF-8"?><OME xmlns="${space}"><BinaryOnly MetadataFile="${metadataFile}"/></OME>`
}

function image(plate: ImagedPlate, field: PlannedField, i: number): string {
  const { channels, optics, width, height } = plate
  const well = wellName(field.well)
  const first = imagedAt(placeOf(plate, i, 1))
  const fileName = omeFieldName(plate, well, field.site)
  const { x, y } = stagePosition(plate, field)
  const arrived = field.planes.flatMap(({ defects }, c) => (defects.includes('missing') ? [] : [c]))
  const size = `PhysicalSizeX="${optics.pixelSize}" PhysicalSizeXUnit="&#181;m" PhysicalSizeY="${optics.pixelSize}" PhysicalSizeYUnit="&#181;m"`
  return [
    `<Image ID="Image:${i}" Name="${well} field ${field.site}">`,
    `<AcquisitionDate>${first}</AcquisitionDate>`,
    '<InstrumentRef ID="Instrument:0"/><ObjectiveSettings ID="Objective:0"/>',
    `<Pixels ID="Pixels:${i}" DimensionOrder="XYCZT" Type="uint16" SizeX="${width}" SizeY="${height}" SizeZ="1" SizeC="${channels.length}" SizeT="1" ${size}>`,
    ...channels.map(
      ({ name, excitation, emission }, c) =>
        `<Channel ID="Channel:${i}:${c}" Name="${name}" SamplesPerPixel="1" ExcitationWavelength="${nanometres(excitation)}" EmissionWavelength="${nanometres(emission)}"/>`,
    ),
    ...arrived.map(
      (c, page) =>
        `<TiffData FirstC="${c}" IFD="${page}" PlaneCount="1"><UUID FileName="${fileName}"/></TiffData>`,
    ),
    ...arrived.map(c => {
      const delay = Date.parse(imagedAt(placeOf(plate, i, c + 1))) - Date.parse(first)
      const times = `DeltaT="${delay / 1000}" ExposureTime="${channels[c]!.exposure / 1000}"`
      return `<Plane TheZ="0" TheC="${c}" TheT="0" ${times} PositionX="${x}" PositionXUnit="&#181;m" PositionY="${y}" PositionYUnit="&#181;m"/>`
    }),
    '</Pixels>',
    '</Image>',
  ].join('\n')
}

/** µm between the middles of wells of a plate of 96, 384 or 1536; nearly so of the others (ANSI/SLAS 4). */
const PITCH_96 = 9000

/** The middle of a field on the stage, µm, from the middle of the plate's first well. */
export function stagePosition(
  plate: ImagedPlate,
  { well, site }: Pick<PlannedField, 'well' | 'site'>,
) {
  const pitch = (PITCH_96 * PLATE_FORMATS[96].columns) / PLATE_FORMATS[plate.format].columns
  const { x, y } = fieldPosition(plate, site)
  return { x: well.column * pitch + x, y: well.row * pitch + y }
}

function nanometres(micrometres: number): number {
  return Math.round(micrometres * 1000)
}
