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

/** The list as CSV (RFC 4180): a row an item, several channels or reasons in one cell with semicolons between. */
export function reacquisitionCsv(plate: string, items: readonly Reacquisition[]): string {
  const rows = items.map(item => [
    plate,
    item.well ?? '',
    item.site ?? '',
    item.z,
    item.t,
    item.channels.join(';'),
    item.because,
    item.reasons.join(';'),
    item.by ?? '',
    item.note,
    item.state,
  ])
  return [COLUMNS, ...rows].map(row => row.map(cell).join(',') + '\r\n').join('')
}

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe before it: notes and names are
 * typed by people and written by instruments.
 */
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
