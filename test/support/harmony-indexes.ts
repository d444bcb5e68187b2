/** An image as Harmony lists it; what is left out is 1. */
export interface ListedImage {
  readonly url?: string
  readonly row?: number
  readonly column?: number
  readonly site?: number
  readonly z?: number
  /** Counted from 0 by Harmony, from 1 by Columbus. */
  readonly time?: number
  readonly channel?: number
  readonly page?: number
  /** More elements of the image. */
  readonly more?: string
}

const two = (number: number) => String(number).padStart(2, '0')

/** The name that Harmony gives an image. */
export function harmonyName(image: ListedImage): string {
  const { row = 1, column = 1, site = 1, z = 1, time = 0, channel = 1 } = image
  const place = `r${two(row)}c${two(column)}f${two(site)}p${two(z)}`
  return `${place}-ch${channel}sk${time + 1}fk1fl1.tiff`
}

/** An index as Harmony and Columbus write it, drawn by hand after theirs, with invented names. */
export function harmonyXml(
  images: readonly ListedImage[],
  settings: {
    readonly space?: string
    readonly name?: string
    readonly plateId?: string
    readonly maps?: string
  } = {},
): string {
  const { space = 'http://www.perkinelmer.com/PEHH/HarmonyV5' } = settings
  const { name = 'Screen 7', plateId = 'BC0042', maps = '' } = settings
  const listed = images.map(image => {
    const { row = 1, column = 1, site = 1, z = 1, time = 0, channel = 1, page, more = '' } = image
    const buffer = page === undefined ? '' : ` BufferNo="${page}"`
    return [
      '<Image Version="1">',
      `<id>drawn</id><State>Ok</State><URL${buffer}>${image.url ?? harmonyName(image)}</URL>`,
      `<Row>${row}</Row><Col>${column}</Col><FieldID>${site}</FieldID><PlaneID>${z}</PlaneID>`,
      `<TimepointID>${time}</TimepointID><ChannelID>${channel}</ChannelID>${more}`,
      '</Image>',
    ].join('\n')
  })
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<EvaluationInputData xmlns:xsd="http://www.w3.org/2001/XMLSchema" Version="1" xmlns="${space}">`,
    '<User>nobody</User><InstrumentType>Phenix</InstrumentType>',
    `<Plates><Plate><PlateID>${plateId}</PlateID>`,
    '<MeasurementID>01234567-89ab-cdef-0123-456789abcdef</MeasurementID>',
    '<MeasurementStartTime>2026-02-03T10:11:12.5+01:00</MeasurementStartTime>',
    `<Name>${name}</Name><PlateRows>8</PlateRows><PlateColumns>12</PlateColumns>`,
    '<Well id="0101" /></Plate></Plates>',
    '<Wells><Well><id>0101</id><Row>1</Row><Col>1</Col><Image id="0101K1F1P1R1" /></Well></Wells>',
    maps,
    `<Images>${listed.join('\n')}</Images>`,
    '</EvaluationInputData>',
  ].join('\n')
}
