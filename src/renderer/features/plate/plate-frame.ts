import { fitGrid, pitchOf, wellAt, wellIndex, type PlateGrid } from '#core/plate/grid.ts'

/** Where the parts of a plate are on its canvas, in CSS pixels. */
export interface PlateFrame {
  readonly width: number
  readonly height: number
  readonly grid: PlateGrid
  /** Left upper corner of the first well, beside the letters and below the numbers. */
  readonly left: number
  readonly top: number
  /** Left and upper edge of the means of rows and columns. */
  readonly marginLeft: number
  readonly marginTop: number
  /** How wide those are. */
  readonly margin: number
}

export type FrameHit =
  | { readonly kind: 'well'; readonly index: number }
  | { readonly kind: 'row'; readonly row: number }
  | { readonly kind: 'column'; readonly column: number }
  /** The corner between letters and numbers. */
  | { readonly kind: 'all' }

const LETTERS = 26
const NUMBERS = 18
const MARGIN = 12
const BEFORE_MARGIN = 6
/** Room for the outline of what is focused. */
const EDGE = 3

export function fitFrame(rows: number, columns: number, width: number, height: number): PlateFrame {
  const beside = LETTERS + BEFORE_MARGIN + MARGIN + EDGE
  const above = NUMBERS + BEFORE_MARGIN + MARGIN + EDGE
  const grid = fitGrid(
    rows,
    columns,
    Math.max(columns, width - beside),
    Math.max(rows, height - above),
  )
  const pitch = pitchOf(grid)
  return {
    width,
    height,
    grid,
    left: LETTERS,
    top: NUMBERS,
    marginLeft: LETTERS + columns * pitch - grid.gap + BEFORE_MARGIN,
    marginTop: NUMBERS + rows * pitch - grid.gap + BEFORE_MARGIN,
    margin: MARGIN,
  }
}

/** What is at a point: a well, or what stands for a row or a column; null over a gap and outside. */
export function hitAt(frame: PlateFrame, x: number, y: number): FrameHit | null {
  const { grid, left, top } = frame
  const well = wellAt(grid, x - left, y - top)
  if (well !== null) return { kind: 'well', index: wellIndex(grid.columns, well) }
  const row = Math.floor((y - top) / pitchOf(grid))
  const column = Math.floor((x - left) / pitchOf(grid))
  const inRows = row >= 0 && row < grid.rows
  const inColumns = column >= 0 && column < grid.columns
  const overRowMean = x >= frame.marginLeft && x < frame.marginLeft + frame.margin
  const overColumnMean = y >= frame.marginTop && y < frame.marginTop + frame.margin
  if (inRows && ((x >= 0 && x < left) || overRowMean)) return { kind: 'row', row }
  if (inColumns && ((y >= 0 && y < top) || overColumnMean)) return { kind: 'column', column }
  return x >= 0 && y >= 0 && x < left && y < top ? { kind: 'all' } : null
}

export function sameHit(a: FrameHit | null, b: FrameHit | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** The wells that a hit stands for. */
export function wellsOfHit({ rows, columns }: PlateGrid, hit: FrameHit): number[] {
  switch (hit.kind) {
    case 'well':
      return [hit.index]
    case 'row':
      return Array.from({ length: columns }, (_, column) => hit.row * columns + column)
    case 'column':
      return Array.from({ length: rows }, (_, row) => row * columns + hit.column)
    case 'all':
      return Array.from({ length: rows * columns }, (_, i) => i)
  }
}

/** The wells that a box touches, row by row. */
export function wellsInBox(frame: PlateFrame, box: Box): number[] {
  const { grid } = frame
  const wells: number[] = []
  for (let i = 0; i < grid.rows * grid.columns; i += 1) {
    const { x, y } = cornerOf(frame, i)
    const right = x + grid.wellSize
    const bottom = y + grid.wellSize
    if (x < box.right && right > box.left && y < box.bottom && bottom > box.top) wells.push(i)
  }
  return wells
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The left upper corner of a well. */
export function cornerOf({ grid, left, top }: PlateFrame, index: number): { x: number; y: number } {
  const pitch = pitchOf(grid)
  return {
    x: left + (index % grid.columns) * pitch,
    y: top + Math.floor(index / grid.columns) * pitch,
  }
}
