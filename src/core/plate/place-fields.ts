/** The middle of a field, µm: x to the right, y downwards. */
export interface FieldPosition {
  readonly x: number
  readonly y: number
}

/** Where fields lie in their well: places of the same order as the positions, counted from 0 at the upper left. */
export interface FieldGrid {
  readonly rows: number
  readonly columns: number
  readonly places: readonly { readonly row: number; readonly column: number }[]
}

/** More empty places than this for each field, and a stray position has drawn the grid apart. */
const MOST_PLACES_A_FIELD = 16
const MOST_FIELDS = 2000

/**
 * Rows and columns of fields by where they are: instruments number them along meanders, spirals and from the middle, and
 * leave some out, so numbers do not tell.
 *
 * Stages miss by some µm: positions closer than half the usual distance to the next field are one row or column. Null
 * where fields are not on a grid: two would be at one place; nor for more than anybody images.
 */
export function placeFields(positions: readonly FieldPosition[]): FieldGrid | null {
  if (positions.length > MOST_FIELDS) return null
  const pitch = usualDistance(positions)
  const columns = linesOf(
    positions.map(({ x }) => x),
    pitch / 2,
  )
  const rows = linesOf(
    positions.map(({ y }) => y),
    pitch / 2,
  )
  const places = positions.map((_, i) => ({ row: rows.places[i]!, column: columns.places[i]! }))
  const taken = new Set(places.map(({ row, column }) => `${row} ${column}`))
  const apart = rows.count * columns.count > MOST_PLACES_A_FIELD * Math.max(1, positions.length)
  if (taken.size < positions.length || apart) return null
  return { rows: rows.count, columns: columns.count, places }
}

/** The median of how far the nearest other field is, along the axis on which it is farther; 0 for a single field. */
function usualDistance(positions: readonly FieldPosition[]): number {
  const nearest = positions
    .map(({ x, y }, i) =>
      positions.reduce((least, other, j) => {
        const distance = Math.max(Math.abs(other.x - x), Math.abs(other.y - y))
        return i === j || distance >= least ? least : distance
      }, Infinity),
    )
    .filter(Number.isFinite)
    .sort((a, b) => a - b)
  return nearest[Math.floor(nearest.length / 2)] ?? 0
}

/** Which lines values lie on; lines that are left out between others are counted. */
function linesOf(
  values: readonly number[],
  tolerance: number,
): { readonly count: number; readonly places: readonly number[] } {
  const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!)
  const lines: number[][] = []
  let last = -Infinity
  for (const i of order) {
    if (values[i]! - last > tolerance) lines.push([])
    lines.at(-1)!.push(i)
    last = values[i]!
  }
  const middles = lines.map(line => line.reduce((sum, i) => sum + values[i]!, 0) / line.length)
  const steps = middles.slice(1).map((middle, i) => middle - middles[i]!)
  const step = Math.min(...steps)
  const places = new Array<number>(values.length).fill(0)
  let place = 0
  for (const [line, members] of lines.entries()) {
    if (line > 0) place += Math.round(steps[line - 1]! / step)
    for (const i of members) places[i] = place
  }
  return { count: lines.length === 0 ? 0 : place + 1, places }
}
