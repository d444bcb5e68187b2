export type CsvCell = string | number | null

/**
 * Rows as CSV (RFC 4180). Null and NaN are empty cells.
 *
 * A text that a spreadsheet would run as a formula gets an apostrophe before it: names and labels are typed by people
 * and written by instruments.
 */
export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map(row => `${row.map(cellText).join(',')}\r\n`).join('')
}

function cellText(value: CsvCell): string {
  if (value === null || Number.isNaN(value)) return ''
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
