/** A line of a measurement's list; what is left out is 1. */
export interface ListedRecord {
  readonly type?: 'IMG' | 'ERR' | 'SF'
  readonly row?: number
  readonly column?: number
  readonly site?: number
  readonly z?: number
  readonly t?: number
  readonly timeline?: number
  readonly action?: number
  readonly channel?: number
  readonly x?: number
  readonly y?: number
  /** ZImageProcessing. */
  readonly processing?: string
  /** Instead of the name of the image. */
  readonly text?: string
}

const SPACE = 'xmlns:bts="http://www.yokogawa.co.jp/BTS/BTSSchema/1.0"'
const digits = (number: number, length: number) => String(number).padStart(length, '0')

/** The name of an image as a CV8000 gives it; rows up to Z. */
export function cellvoyagerName(plate: string, record: ListedRecord): string {
  const { row = 1, column = 1, site = 1, z = 1, t = 1, timeline = 1 } = record
  const { action = 1, channel = 1 } = record
  const well = `${String.fromCharCode(64 + row)}${digits(column, 2)}`
  const place = `T${digits(t, 4)}F${digits(site, 3)}L${digits(timeline, 2)}`
  return `${plate}_${well}_${place}A${digits(action, 2)}Z${digits(z, 2)}C${digits(channel, 2)}.tif`
}

/** A MeasurementData.mlf, drawn by hand after those of a CV8000 and a CQ3K. */
export function mlfText(plate: string, records: readonly ListedRecord[]): string {
  const lines = records.map(record => {
    const { type = 'IMG', row = 1, column = 1, site = 1, z = 1, t = 1, timeline = 1 } = record
    const { action = 1, channel = 1, x = 0, y = 0, processing, text } = record
    const projected = processing === undefined ? '' : ` bts:ZImageProcessing="${processing}"`
    return [
      `<bts:MeasurementRecord bts:Type="${type}" bts:Time="2026-02-03T10:11:12.500+01:00"`,
      ` bts:Column="${column}" bts:Row="${row}" bts:TimePoint="${t}" bts:FieldIndex="${site}"`,
      ` bts:ZIndex="${z}" bts:TimelineIndex="${timeline}" bts:ActionIndex="${action}"`,
      ` bts:Action="3D" bts:X="${x}" bts:Y="${y}" bts:Z="${z - 1}"${projected} bts:Ch="${channel}">`,
      `${text ?? cellvoyagerName(plate, record)}</bts:MeasurementRecord>`,
    ].join('')
  })
  return [
    '\ufeff<?xml version="1.0" encoding="utf-8"?>',
    `<bts:MeasurementData bts:Version="1.0" ${SPACE}>`,
    ...lines,
    '</bts:MeasurementData>',
    '',
  ].join('\r\n')
}

/** A failed autofocus, which names no field. */
export function focusFailure(row: number, column: number, x: number, y: number): string {
  return [
    '<bts:MeasurementRecord bts:Type="ERR" bts:Time="2026-02-03T10:11:12.500+01:00"',
    ` bts:Column="${column}" bts:Row="${row}" bts:TimePoint="1" bts:PartialTileIndex="1"`,
    ` bts:TimelineIndex="1" bts:X="${x}" bts:Y="${y}">AF Error</bts:MeasurementRecord>`,
  ].join('')
}

/** A MeasurementDetail.mrf. */
export function mrfText(
  settings: {
    readonly plate?: string
    readonly mes?: string
    readonly times?: number
    readonly fields?: number
    readonly steps?: number
    readonly shading?: string
  } = {},
): string {
  const { plate = 'P1', mes = 'set.mes', times = 1, fields = 1, steps = 1 } = settings
  const { shading = 'SC_1.tif' } = settings
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<bts:MeasurementDetail bts:Version="1.0" bts:Title="title" bts:BeginTime="2026-02-03T10:11:00+01:00" bts:MeasurementSettingFileName="${mes}" bts:ColumnCount="12" bts:RowCount="8" bts:TimePointCount="${times}" bts:FieldCount="${fields}" bts:ZCount="${steps}" ${SPACE}>`,
    `<bts:MeasurementSamplePlate bts:Name="${plate}" bts:WellPlateFileName="${plate}.wpi" />`,
    ...[1, 2].map(
      channel =>
        `<bts:MeasurementChannel bts:Ch="${channel}" bts:HorizontalPixelDimension="0.5" bts:ShadingCorrectionSource="${shading}" />`,
    ),
    '</bts:MeasurementDetail>',
  ].join('\n')
}

/** A .wpi. */
export function wpiText(name: string): string {
  return `<bts:WellPlate bts:Version="1.0" bts:Name="${name}" bts:ProductID="1009" bts:Columns="12" bts:Rows="8" ${SPACE}><bts:Description>drawn</bts:Description></bts:WellPlate>`
}

/** An action of a timeline; without a range it has no stack. */
export interface DrawnAction {
  readonly channels: readonly number[]
  readonly range?: readonly [bottom: number, top: number]
  readonly interval?: number
  readonly kind?: string
  readonly more?: string
}

/** A timeline of a .mes. */
export function timelineText(
  wells: readonly (readonly [row: number, column: number])[],
  points: number,
  actions: readonly DrawnAction[],
): string {
  return [
    '<bts:Timeline bts:Name="line"><bts:WellSequence bts:IsSelected="true">',
    ...wells.map(
      ([row, column]) =>
        `<bts:TargetWell bts:Column="${column}" bts:Row="${row}">true</bts:TargetWell>`,
    ),
    '<bts:TargetWell bts:Column="12" bts:Row="8">false</bts:TargetWell>',
    '</bts:WellSequence><bts:PointSequence bts:Method="FixedPosition"><bts:FixedPosition>',
    '<bts:Point bts:X="0" bts:Y="0" />'.repeat(points),
    '</bts:FixedPosition></bts:PointSequence><bts:ActionList bts:RunMode="sequential">',
    ...actions.map(({ channels, range, interval = 1, kind, more = '' }) => {
      const name = kind ?? (range === undefined ? 'ActionAcquire' : 'ActionAcquire3D')
      const [bottom, top] = range ?? [0, 0]
      const listed = channels.map(channel => `<bts:Ch>${channel}</bts:Ch>`).join('')
      return `<bts:${name} bts:XOffset="0" bts:TopDistance="${top}" bts:BottomDistance="${bottom}" bts:SliceLength="${interval}" ${more}>${listed}</bts:${name}>`
    }),
    '</bts:ActionList></bts:Timeline>',
  ].join('\n')
}

/** A .mes with two channels. */
export function mesText(
  timelines: readonly string[],
  targets: readonly [string, string] = ['Nuclei', 'Actin'],
): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<bts:MeasurementSetting bts:Version="1.0" bts:Columns="12" bts:Rows="8" ${SPACE}>`,
    `<bts:Timelapse>${timelines.join('')}</bts:Timelapse>`,
    '<bts:LightSourceList><bts:LightSource bts:Name="a" bts:Type="Laser" bts:WaveLength="405" />',
    '<bts:LightSource bts:Name="Lamp" bts:Type="Lamp" bts:WaveLength="0" /></bts:LightSourceList>',
    '<bts:ChannelList>',
    `<bts:Channel bts:Ch="1" bts:Target="${targets[0]}" bts:Objective="20x v2" bts:Magnification="20" bts:Acquisition="BP445/45" bts:ExposureTime="100" bts:Fluorophore="Hoechst"><bts:LightSourceName>a</bts:LightSourceName></bts:Channel>`,
    `<bts:Channel bts:Ch="2" bts:Target="${targets[1]}" bts:Objective="20x v2" bts:Magnification="20" bts:Acquisition="Through" bts:ExposureTime="250"><bts:LightSourceName>Lamp</bts:LightSourceName></bts:Channel>`,
    '</bts:ChannelList></bts:MeasurementSetting>',
  ].join('\n')
}
