import { doubleArea, sharedArea, type StarPolygon } from './star-polygon.ts'

/** Where polygons may stand: the points of a grid over the field. */
export interface CandidateGrid {
  readonly width: number
  readonly height: number
  /** Pixels of the field from one point to the next, down and across. */
  readonly step: readonly [number, number]
  /** Point of each candidate, row-major, the most probable one first. */
  readonly points: Uint32Array
  /** The polygon of a candidate, by its place in `points`. */
  readonly polygonOf: (candidate: number) => StarPolygon
}

/**
 * The candidates, most probable first, that share with none kept before more than a fraction of the smaller
 * area of the two (Schmidt et al. 2018; `non_maximum_suppression` of the authors' code).
 *
 * As there, corners are cut to whole pixels towards zero before areas are measured.
 */
export function suppressOverlapping(grid: CandidateGrid, threshold: number): StarPolygon[] {
  const { width, height, step, points } = grid
  const candidateAt = new Int32Array(width * height).fill(-1)
  for (let i = 0; i < points.length; i += 1) candidateAt[points[i]!] = i
  const shapes = Array.from(points, (_, i) => shapeOf(grid.polygonOf(i)))
  const farthest = shapes.reduce((most, shape) => Math.max(most, shape.reach), 0)
  const suppressed = new Uint8Array(points.length)
  const kept: StarPolygon[] = []
  shapes.forEach((shape, i) => {
    if (suppressed[i] === 1) return
    kept.push(shape.polygon)
    const { x, y } = shape.polygon
    const range = shape.reach + farthest
    const top = Math.max(0, Math.floor((y - range) / step[0]))
    const bottom = Math.min(height - 1, Math.ceil((y + range) / step[0]))
    const left = Math.max(0, Math.floor((x - range) / step[1]))
    const right = Math.min(width - 1, Math.ceil((x + range) / step[1]))
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) {
        const other = candidateAt[row * width + column]!
        if (other <= i || suppressed[other] === 1) continue
        if (overlaps(shape, shapes[other]!, threshold)) suppressed[other] = 1
      }
    }
  })
  return kept
}

interface Shape {
  readonly polygon: StarPolygon
  readonly corners: Int32Array
  readonly area: number
  /** Radius of the disc around the centre that holds all corners. */
  readonly reach: number
  /** Radius of a disc around the centre that lies within; 0 where the corners do not go around it. */
  readonly core: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

function shapeOf(polygon: StarPolygon): Shape {
  const { x, y, corners: exact } = polygon
  const corners = Int32Array.from(exact, Math.trunc)
  let [reach, core] = [0, Infinity]
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let k = 0; k < corners.length; k += 2) {
    const next = k + 2 === corners.length ? 0 : k + 2
    const [ax, ay] = [corners[k]! - x, corners[k + 1]! - y]
    const [bx, by] = [corners[next]! - x, corners[next + 1]! - y]
    const side = Math.hypot(bx - ax, by - ay)
    if (side > 0) core = Math.min(core, Math.max(0, ax * by - ay * bx) / side)
    reach = Math.max(reach, Math.hypot(ax, ay))
    left = Math.min(left, exact[k]!)
    right = Math.max(right, exact[k]!)
    top = Math.min(top, exact[k + 1]!)
    bottom = Math.max(bottom, exact[k + 1]!)
  }
  const area = Math.abs(doubleArea(corners)) / 2
  return { polygon, corners, area, reach, core: area > 0 ? core : 0, left, right, top, bottom }
}

function overlaps(a: Shape, b: Shape, threshold: number): boolean {
  if (a.left > b.right || b.left > a.right || a.top > b.bottom || b.top > a.bottom) return false
  const limit = threshold * (Math.min(a.area, b.area) + 1e-10)
  // Discs settle most pairs: what they hold is shared, and nothing beyond what holds them.
  const distance = Math.hypot(a.polygon.x - b.polygon.x, a.polygon.y - b.polygon.y)
  if (lensArea(a.core, b.core, distance) > limit) return true
  if (lensArea(a.reach, b.reach, distance) <= limit) return false
  return sharedArea(a.corners, a.polygon, b.corners) > limit
}

/** Area that two discs share. */
function lensArea(a: number, b: number, distance: number): number {
  if (distance >= a + b) return 0
  const smaller = Math.min(a, b)
  if (distance <= Math.abs(a - b)) return Math.PI * smaller * smaller
  const alongA = (distance * distance + a * a - b * b) / (2 * distance)
  const alongB = distance - alongA
  return segmentArea(a, alongA) + segmentArea(b, alongB)
}

/** Area of a disc beyond a chord. */
function segmentArea(radius: number, toChord: number): number {
  const across = Math.sqrt(Math.max(0, radius * radius - toChord * toChord))
  return radius * radius * Math.acos(Math.max(-1, Math.min(1, toChord / radius))) - toChord * across
}
