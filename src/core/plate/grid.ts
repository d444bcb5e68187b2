import type { WellPosition } from './well.ts'

/** Wells as squares, side by side. */
export interface PlateGrid {
  readonly rows: number
  readonly columns: number
  /** Side of one well as drawn, in CSS pixels. */
  readonly wellSize: number
  /** Space between neighbouring wells, in CSS pixels. */
  readonly gap: number
}

/** No well is drawn larger: a 6-well plate would fill the window with six squares. */
const LARGEST = 128

/** The largest grid of whole pixels that fits, so that every well is as wide as the next. */
export function fitGrid(rows: number, columns: number, width: number, height: number): PlateGrid {
  const pitch = Math.floor(Math.min(width / columns, height / rows))
  const gap = pitch >= 40 ? 4 : pitch >= 20 ? 2 : 1
  return { rows, columns, wellSize: Math.max(1, Math.min(LARGEST, pitch - gap)), gap }
}

export function pitchOf({ wellSize, gap }: PlateGrid): number {
  return wellSize + gap
}

/** The well under a point, or null over a gap or outside the plate. */
export function wellAt(grid: PlateGrid, x: number, y: number): WellPosition | null {
  const pitch = pitchOf(grid)
  const column = Math.floor(x / pitch)
  const row = Math.floor(y / pitch)
  const outside = row < 0 || column < 0 || row >= grid.rows || column >= grid.columns
  const overGap = x - column * pitch >= grid.wellSize || y - row * pitch >= grid.wellSize
  return outside || overGap ? null : { row, column }
}

/** Where a well is in arrays of a plate: row by row. */
export function wellIndex(columns: number, { row, column }: WellPosition): number {
  return row * columns + column
}

export function wellPosition(columns: number, index: number): WellPosition {
  return { row: Math.floor(index / columns), column: index % columns }
}

/** The wells of a rectangle that has these two at its corners, row by row. */
export function wellsBetween(columns: number, from: WellPosition, to: WellPosition): number[] {
  const [top, bottom] = [Math.min(from.row, to.row), Math.max(from.row, to.row)]
  const [left, right] = [Math.min(from.column, to.column), Math.max(from.column, to.column)]
  const wells: number[] = []
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) {
      wells.push(wellIndex(columns, { row, column }))
    }
  }
  return wells
}
