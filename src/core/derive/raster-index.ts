/** A rectangle in a field, in pixels, its sides included. A side that is no number is as far as can be. */
export interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Finds boxes by where they are. */
export interface RasterIndex {
  /** @param entry a whole number from 0 that names the box from now on, once */
  add(box: Box, entry: number): void
  /**
   * Whether something is true of an entry near a box: all whose boxes meet it are asked until one says yes, and some
   * of their neighbours, none twice.
   */
  some(box: Box, isTrue: (entry: number) => boolean): boolean
}

/** Side of a cell, in pixels: about a nucleus. */
const CELL = 32

/** An index over a field; what lies beyond its border counts for the cells along it. */
export function createRasterIndex({
  width,
  height,
}: {
  width: number
  height: number
}): RasterIndex {
  const columns = Math.max(1, Math.ceil(width / CELL))
  const rows = Math.max(1, Math.ceil(height / CELL))
  const cells = Array.from({ length: columns * rows }, (): number[] => [])
  /** The question at which an entry was last asked. */
  const asked: number[] = []
  let question = 0

  function rangeOf({ left, right, top, bottom }: Box) {
    return {
      fromColumn: cellOf(left, columns, 0),
      toColumn: cellOf(right, columns, columns - 1),
      fromRow: cellOf(top, rows, 0),
      toRow: cellOf(bottom, rows, rows - 1),
    }
  }

  return {
    add(box, entry) {
      const { fromColumn, toColumn, fromRow, toRow } = rangeOf(box)
      for (let row = fromRow; row <= toRow; row += 1) {
        for (let column = fromColumn; column <= toColumn; column += 1) {
          cells[row * columns + column]!.push(entry)
        }
      }
      asked[entry] = question
    },

    some(box, isTrue) {
      question += 1
      const { fromColumn, toColumn, fromRow, toRow } = rangeOf(box)
      for (let row = fromRow; row <= toRow; row += 1) {
        for (let column = fromColumn; column <= toColumn; column += 1) {
          for (const entry of cells[row * columns + column]!) {
            if (asked[entry] === question) continue
            asked[entry] = question
            if (isTrue(entry)) return true
          }
        }
      }
      return false
    },
  }
}

function cellOf(place: number, count: number, otherwise: number): number {
  if (Number.isNaN(place)) return otherwise
  return Math.min(count - 1, Math.max(0, Math.floor(place / CELL)))
}
