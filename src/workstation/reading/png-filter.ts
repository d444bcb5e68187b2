/**
 * Undoes the filters of rows in place (PNG, section 9) and closes them up: row y then begins at y × rowBytes.
 *
 * @param bytes rows, each after the byte that names its filter.
 * @param perPixel bytes of a whole pixel, at least 1.
 * @returns false where a row names no filter there is.
 */
export function unfilterRows(
  bytes: Uint8Array,
  rows: number,
  rowBytes: number,
  perPixel: number,
): boolean {
  let above: Uint8Array = new Uint8Array(rowBytes)
  for (let row = 0; row < rows; row += 1) {
    const from = row * (rowBytes + 1)
    const filter = bytes[from]!
    const line = bytes.subarray(row * rowBytes, (row + 1) * rowBytes)
    const stored = bytes.subarray(from + 1, from + 1 + rowBytes)
    // Rows move down by less than they are long, so each is written behind where it is read.
    if (filter === 0) line.set(stored)
    else if (filter === 1) addLeft(line, stored, perPixel)
    else if (filter === 2) addAbove(line, stored, above)
    else if (filter === 3) addAverage(line, stored, above, perPixel)
    else if (filter === 4) addPaeth(line, stored, above, perPixel)
    else return false
    above = line
  }
  return true
}

function addLeft(line: Uint8Array, stored: Uint8Array, perPixel: number): void {
  for (let i = 0; i < line.length; i += 1) {
    line[i] = stored[i]! + (i < perPixel ? 0 : line[i - perPixel]!)
  }
}

function addAbove(line: Uint8Array, stored: Uint8Array, above: Uint8Array): void {
  for (let i = 0; i < line.length; i += 1) line[i] = stored[i]! + above[i]!
}

function addAverage(
  line: Uint8Array,
  stored: Uint8Array,
  above: Uint8Array,
  perPixel: number,
): void {
  for (let i = 0; i < line.length; i += 1) {
    const left = i < perPixel ? 0 : line[i - perPixel]!
    line[i] = stored[i]! + ((left + above[i]!) >> 1)
  }
}

/** Adds whichever of left, above and above left is nearest to left + above − above left, in that order. */
function addPaeth(line: Uint8Array, stored: Uint8Array, above: Uint8Array, perPixel: number): void {
  for (let i = 0; i < line.length; i += 1) {
    const left = i < perPixel ? 0 : line[i - perPixel]!
    const up = above[i]!
    const corner = i < perPixel ? 0 : above[i - perPixel]!
    const fromLeft = Math.abs(up - corner)
    const fromUp = Math.abs(left - corner)
    const fromCorner = Math.abs(left + up - 2 * corner)
    const nearest =
      fromLeft <= fromUp && fromLeft <= fromCorner ? left : fromUp <= fromCorner ? up : corner
    line[i] = stored[i]! + nearest
  }
}
