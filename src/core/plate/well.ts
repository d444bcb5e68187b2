export interface PlateSize {
  readonly rows: number
  readonly columns: number
}

/** A well by its place, both counted from 0: A01 is row 0, column 0. */
export interface WellPosition {
  readonly row: number
  readonly column: number
}

/** Rows and columns of the standard plates (ANSI/SLAS 4), by their number of wells. */
export const PLATE_FORMATS = {
  6: { rows: 2, columns: 3 },
  12: { rows: 3, columns: 4 },
  24: { rows: 4, columns: 6 },
  48: { rows: 6, columns: 8 },
  96: { rows: 8, columns: 12 },
  384: { rows: 16, columns: 24 },
  1536: { rows: 32, columns: 48 },
} as const

export type PlateFormat = keyof typeof PLATE_FORMATS

/** Largest number of rows and columns that a well's name may point at. */
const LIMITS = { rows: 52, columns: 99 }

/**
 * Reads a well's name: `B3`, `b03`, `AF048`; null for what is no well of any plate.
 *
 * Rows go A…Z, AA…AZ, as on 1536-well plates; upper and lower case are the same row.
 */
export function parseWell(name: string): WellPosition | null {
  const match = /^([A-Za-z]{1,2})(\d{1,3})$/.exec(name)
  if (match === null) return null
  const row = parseRow(match[1]!)
  const column = Number(match[2]) - 1
  const outside = row === null || row >= LIMITS.rows || column < 0 || column >= LIMITS.columns
  return outside ? null : { row, column }
}

/** The canonical name of a well: upper case, at least two digits, `B03`, `AF48`. */
export function wellName({ row, column }: WellPosition): string {
  return `${rowName(row)}${String(column + 1).padStart(2, '0')}`
}

/** 0 → A, 25 → Z, 26 → AA. */
export function rowName(row: number): string {
  const letter = String.fromCharCode(65 + (row % 26))
  return row < 26 ? letter : `${String.fromCharCode(64 + Math.floor(row / 26))}${letter}`
}

/** A → 0, z → 25, AA → 26; null for anything else. */
export function parseRow(letters: string): number | null {
  if (!/^[A-Za-z]{1,2}$/.test(letters)) return null
  const codes = [...letters.toUpperCase()].map(letter => letter.charCodeAt(0) - 65)
  return codes.length === 1 ? codes[0]! : (codes[0]! + 1) * 26 + codes[1]!
}

/** The smallest standard plate that has all of these wells; null when none is large enough. */
export function smallestPlate(wells: Iterable<WellPosition>): PlateFormat | null {
  let rows = 0
  let columns = 0
  for (const { row, column } of wells) {
    rows = Math.max(rows, row + 1)
    columns = Math.max(columns, column + 1)
  }
  const formats = Object.keys(PLATE_FORMATS).map(Number) as PlateFormat[]
  return (
    formats.find(format => {
      const plate = PLATE_FORMATS[format]
      return plate.rows >= rows && plate.columns >= columns
    }) ?? null
  )
}
