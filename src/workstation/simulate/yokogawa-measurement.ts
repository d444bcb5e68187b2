import { wellName, type PlateSize } from '#core/plate/well.ts'
import { fieldPosition, imagedAt, OBJECTIVE, placeOf, type ImagedPlate } from './imaged-plate.ts'

type ImageName = (
  plate: ImagedPlate,
  image: { readonly well: string; readonly site: number; readonly wave: number },
) => string

/** A .wpi. Its ProductID is that of the kind of plate. */
export function plateInformation(plate: ImagedPlate, { rows, columns }: PlateSize): string {
  const attributes = {
    Version: '1.0',
    Name: plate.name,
    ProductID: `simulated-${plate.format}`,
    Usage: 'SamplePlate',
    Columns: columns,
    Rows: rows,
  }
  return whole('WellPlate', attributes, [element('Description', {}, 'Simulated by Parfocal')])
}

/** A .mes: one timeline of listed wells and positions, in which each channel is an action of one step. */
export function measurementSettings(plate: ImagedPlate, { rows, columns }: PlateSize): string {
  const wells = new Map(plate.fields.map(({ well }) => [wellName(well), well]))
  const sites = Array.from({ length: plate.sitesPerWell }, (_, index) => index + 1)
  const timeline = [
    ...inside('WellSequence', { IsSelected: 'true' }, [
      ...[...wells.values()].map(({ row, column }) =>
        element('TargetWell', { Column: column + 1, Row: row + 1 }, 'true'),
      ),
    ]),
    ...inside('PointSequence', { Method: 'FixedPosition' }, [
      ...inside(
        'FixedPosition',
        { IsProportional: 'false' },
        sites.map(site => element('Point', position(plate, site))),
      ),
    ]),
    ...inside('ActionList', { RunMode: 'sequential' }, [
      ...plate.channels.flatMap((_, index) =>
        inside('ActionAcquire', { XOffset: 0, YOffset: 0, ZOffset: 0 }, [
          element('Ch', {}, String(index + 1)),
        ]),
      ),
    ]),
  ]
  const lights = plate.channels.map(({ excitation }) =>
    element('LightSource', {
      Name: lightName(excitation),
      Type: 'Laser',
      WaveLength: nanometres(excitation),
      Power: 100,
    }),
  )
  const channels = plate.channels.flatMap(({ name, excitation, emission, exposure }, index) =>
    inside(
      'Channel',
      {
        Ch: index + 1,
        Target: name,
        Objective: OBJECTIVE.name,
        Magnification: OBJECTIVE.magnification,
        Acquisition: `BP${nanometres(emission)}/40`,
        ExposureTime: exposure,
        Binning: 1,
        Fluorophore: '',
      },
      [element('LightSourceName', {}, lightName(excitation))],
    ),
  )
  return whole('MeasurementSetting', { Version: '1.0', Columns: columns, Rows: rows }, [
    ...inside('Timelapse', {}, [
      ...inside('Timeline', { Name: 'Time Line 1', InitialTime: 0, Interval: 0 }, timeline),
    ]),
    ...inside('LightSourceList', {}, lights),
    ...inside('ChannelList', {}, channels),
  ])
}

/** A MeasurementDetail.mrf; only when all is imaged it knows the end. */
export function measurementDetail(
  plate: ImagedPlate,
  { rows, columns }: PlateSize,
  files: { readonly plate: string; readonly settings: string },
  done: boolean,
): string {
  const { name, optics, channels, width, height } = plate
  const end = done ? imagedAt(placeOf(plate, plate.fields.length - 1, channels.length)) : ''
  return whole(
    'MeasurementDetail',
    {
      Version: '1.0',
      OperatorName: 'Parfocal',
      Title: name,
      BeginTime: imagedAt(placeOf(plate, 0, 1)),
      EndTime: end,
      MeasurementSettingFileName: files.settings,
      ColumnCount: columns,
      RowCount: rows,
      TimePointCount: 1,
      FieldCount: plate.sitesPerWell,
      ZCount: 1,
      TargetSystem: 'CV8000',
    },
    [
      element('MeasurementSamplePlate', { Name: name, WellPlateFileName: files.plate }),
      ...channels.map((_, index) =>
        element('MeasurementChannel', {
          Ch: index + 1,
          HorizontalPixelDimension: optics.pixelSize,
          VerticalPixelDimension: optics.pixelSize,
          InputBitDepth: 16,
          HorizontalPixels: width,
          VerticalPixels: height,
        }),
      ),
    ],
  )
}

/** A MeasurementData.mlf after so many fields; before the last of them its root is open. */
export function measurementData(
  plate: ImagedPlate,
  imagedFields: number,
  imageName: ImageName,
): string {
  const records = plate.fields.slice(0, imagedFields).flatMap(({ well, site }, field) =>
    plate.channels.map((_, index) => {
      const wave = index + 1
      const attributes = {
        Type: 'IMG',
        Time: imagedAt(placeOf(plate, field, wave)),
        Column: well.column + 1,
        Row: well.row + 1,
        TimePoint: 1,
        FieldIndex: site,
        ZIndex: 1,
        TimelineIndex: 1,
        ActionIndex: wave,
        Action: '2D',
        ...position(plate, site),
        Z: 0,
        Ch: wave,
      }
      const name = imageName(plate, { well: wellName(well), site, wave })
      return element('MeasurementRecord', attributes, name)
    }),
  )
  const end = '</bts:MeasurementData>\r\n'
  const text = whole('MeasurementData', { Version: '1.0' }, records)
  return imagedFields === plate.fields.length ? text : text.slice(0, -end.length)
}

/** µm, y growing upwards. */
function position(plate: ImagedPlate, site: number): { X: number; Y: number } {
  const { x, y } = fieldPosition(plate, site)
  return { X: x, Y: 0 - y }
}

function nanometres(micrometres: number): number {
  return Math.round(micrometres * 1000)
}

function lightName(micrometres: number): string {
  return `${nanometres(micrometres)}nm`
}

type Attributes = Readonly<Record<string, string | number>>

const NAMESPACE = 'http://www.yokogawa.co.jp/BTS/BTSSchema/1.0'

function whole(name: string, attributes: Attributes, lines: readonly string[]): string {
  const root = inside(name, { ...attributes, 'xmlns:bts': NAMESPACE }, lines)
  return ['<?xml version="1.0" encoding="utf-8"?>', ...root, ''].join('\r\n')
}

function inside(name: string, attributes: Attributes, lines: readonly string[]): readonly string[] {
  return [`<bts:${name}${written(attributes)}>`, ...lines, `</bts:${name}>`]
}

function element(name: string, attributes: Attributes, text = ''): string {
  const start = `<bts:${name}${written(attributes)}`
  return text === '' ? `${start} />` : `${start}>${text}</bts:${name}>`
}

function written(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name.includes(':') ? name : `bts:${name}`}="${value}"`)
    .join('')
}
