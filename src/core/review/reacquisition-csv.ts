import { csvText } from '../csv-text.ts'
import type { Reacquisition } from './reacquisition.ts'

const COLUMNS = [
  'Plate',
  'Well',
  'Site',
  'Z',
  'T',
  'Channels',
  'Because',
  'Reasons',
  'By',
  'Note',
  'State',
] as const

/** The list as CSV: a row an item, several channels or reasons in one cell with semicolons between. */
export function reacquisitionCsv(plate: string, items: readonly Reacquisition[]): string {
  const rows = items.map(item => [
    plate,
    item.well,
    item.site,
    item.z,
    item.t,
    item.channels.join(';'),
    item.because,
    item.reasons.join(';'),
    item.by,
    item.note,
    item.state,
  ])
  return csvText([COLUMNS, ...rows])
}
