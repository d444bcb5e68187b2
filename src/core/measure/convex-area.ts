import type { ObjectRuns } from './object-runs.ts'

/**
 * Number of pixels in each object's convex hull.
 *
 * scikit-image's `convex_hull_image`: the hull is drawn around the middles of all pixel sides, and a pixel
 * belongs to it when its centre is inside or on the line. Coordinates are doubled so that all are
 * whole numbers, and the count is exact.
 */
export function measureConvexAreas(runs: ObjectRuns): Float64Array {
  const areas = new Float64Array(runs.count)
  for (let object = 0; object < runs.count; object += 1) {
    const left = hullSide(runs, object, -1)
    const right = hullSide(runs, object, 1)
    let area = 0
    for (let i = 0; i < left.length; i += 1) area += right[i]! + left[i]! + 1
    areas[object] = area
  }
  return areas
}

/**
 * Outermost column inside the hull, for each row of the object from its top.
 *
 * @param side 1 for the right side; −1 for the left side, of which the columns come negated.
 */
function hullSide(runs: ObjectRuns, object: number, side: 1 | -1): Float64Array {
  const firstRun = runs.first[object]!
  const afterRuns = runs.first[object + 1]!
  const top = runs.y[firstRun]!
  const rows = runs.y[afterRuns - 1]! - top + 1
  const reach = new Float64Array(2 * rows + 1).fill(-Infinity)
  for (let run = firstRun; run < afterRuns; run += 1) {
    const centre = 2 * (runs.y[run]! - top) + 1
    const x = side === 1 ? 2 * (runs.end[run]! - 1) : -2 * runs.start[run]!
    reach[centre - 1] = Math.max(reach[centre - 1]!, x)
    reach[centre] = Math.max(reach[centre]!, x + 1)
    reach[centre + 1] = Math.max(reach[centre + 1]!, x)
  }
  const corners = upperHull(reach)
  const columns = new Float64Array(rows)
  let corner = 0
  for (let row = 0; row < rows; row += 1) {
    const at = 2 * row + 1
    while (corners[corner + 1]! < at) corner += 1
    const from = corners[corner]!
    const to = corners[corner + 1]!
    const run = to - from
    const rise = reach[to]! - reach[from]!
    columns[row] = Math.floor((reach[from]! * run + rise * (at - from)) / (2 * run))
  }
  return columns
}

/** Indices of the corners of the upper hull of the points (index, height) (Andrew 1979). */
function upperHull(heights: Float64Array): number[] {
  const corners: number[] = []
  for (let i = 0; i < heights.length; i += 1) {
    if (heights[i] === -Infinity) continue
    while (corners.length >= 2 && !bulges(heights, corners.at(-2)!, corners.at(-1)!, i)) {
      corners.pop()
    }
    corners.push(i)
  }
  return corners
}

/** Whether b lies above the line from a to c. */
function bulges(heights: Float64Array, a: number, b: number, c: number): boolean {
  return (heights[b]! - heights[a]!) * (c - a) > (heights[c]! - heights[a]!) * (b - a)
}
