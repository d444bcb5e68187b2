export interface ScanROrder {
  readonly plate?: string
  /** Null where the index does not describe the plate. */
  readonly format?: { readonly rows: number; readonly columns: number } | null
  /** Number and name of each. */
  readonly wells?: readonly (readonly [number: number, name: string])[]
  /** How many places of a well are listed; null where only rows and columns are counted. */
  readonly positions?: number | null
  readonly channels?: readonly { readonly name: string; readonly idle?: number }[]
  readonly slices?: number
  readonly times?: number
  readonly pixelSize?: number
}

/** An `experiment_descriptor.xml` as LabVIEW writes clusters, with invented contents. */
export function scanRText(order: ScanROrder): string {
  const { plate = 'drawn', format = { rows: 8, columns: 12 }, positions = null } = order
  const { wells = [[14, 'B2']], channels = [{ name: 'DAPI' }] } = order
  const { slices = 1, times = 1, pixelSize = 0.5 } = order
  const places = Array.from({ length: positions ?? 0 }, (_, place) =>
    cluster('', value('DBL', 'x', place) + value('DBL', 'y', 0)),
  )
  return [
    '<?xml version="1.0" standalone="yes"?>',
    '<LVData xmlns="http://www.ni.com/LVData"><Version>8.6</Version><Cluster><Name>experiment</Name>',
    value('String', 'plate name', plate),
    format === null
      ? ''
      : cluster(
          'format typedef',
          value('I32', 'Rows', format.rows) + value('I32', 'Columns', format.columns),
        ),
    '<Array><Name>well selection table + cDNA</Name><Dimsize>9</Dimsize><Dimsize>2</Dimsize>',
    ...wells.map(([number, name]) => value('String', '', number) + value('String', '', name)),
    '</Array>',
    value('I32', 'columns/well', 2),
    value('I32', 'rows/well', 1),
    positions === null
      ? ''
      : `<Array><Name>subposition list</Name><Dimsize>${positions}</Dimsize>${places.join('')}</Array>`,
    value('I32', '# slices', slices),
    value('I32', 'timeloop real', times),
    value('DBL', 'conversion factor um/pixel', pixelSize),
    ...channels.map(({ name, idle = 0 }) =>
      cluster(
        'channel',
        value('String', 'name', name) +
          value('DBL', 'exposure time', 35) +
          value('Boolean', 'idle', idle),
      ),
    ),
    '</Cluster></LVData>',
  ].join('\r\n')
}

function cluster(name: string, inside: string): string {
  return `<Cluster><Name>${name}</Name><NumElts>2</NumElts>${inside}</Cluster>`
}

function value(type: string, name: string, text: string | number): string {
  return `<${type}><Name>${name}</Name><Val>${text}</Val></${type}>`
}
