import { createRasterIndex } from './raster-index.ts'
import { doubleArea, ROUNDING, sharedAreaIsAbove, type StarPolygon } from './star-polygon.ts'

/** Star-convex polygons, the most probable one first. */
export interface Candidates {
  readonly count: number
  /** Size of the field, in its pixels. */
  readonly field: { readonly width: number; readonly height: number }
  /** The polygon of a candidate; may be the same one with other corners at the next call. */
  readonly polygonOf: (candidate: number) => StarPolygon
}

/**
 * The candidates, most probable first, that share with none kept before more than a fraction of the smaller
 * area of the two (Schmidt et al. 2018; `non_maximum_suppression` of the authors' code).
 *
 * As there, corners are cut to whole pixels towards zero before areas are measured. Only what is kept stays in
 * memory: each candidate is held against the kept ones around it and forgotten.
 */
export function suppressOverlapping(
  { count, field, polygonOf }: Candidates,
  threshold: number,
): StarPolygon[] {
  const kept: Shape[] = []
  const index = createRasterIndex(field)
  let scratch = new Int32Array(0)
  for (let i = 0; i < count; i += 1) {
    const polygon = polygonOf(i)
    if (scratch.length !== polygon.corners.length) scratch = new Int32Array(polygon.corners.length)
    const shape = shapeOf(polygon, scratch)
    // What is cheap to tell is asked of all before what is not is asked of any.
    const isDropped =
      index.some(shape, other => surelyOverlaps(kept[other]!, shape, threshold)) ||
      index.some(shape, other => overlaps(kept[other]!, shape, threshold))
    if (isDropped) continue
    index.add(shape, kept.length)
    kept.push(copyOf(shape))
  }
  return kept.map(({ polygon }) => polygon)
}

interface Shape {
  readonly polygon: StarPolygon
  /** Whole pixels. */
  readonly corners: Int32Array
  readonly area: number
  /** Area of the triangles, of a side with where the rays begin, that whole pixels have turned over. */
  readonly folded: number
  /** The centre of mass: as a centre of discs it fits better than where the rays begin. */
  readonly x: number
  readonly y: number
  /** Radius of the disc around the centre of mass that holds all corners. */
  readonly reach: number
  /** Radius of the largest disc around the centre of mass that lies within; 0 where that is outside. */
  readonly core: number
  /** Around the corners before they were cut. */
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** @param corners where the whole corners are written */
function shapeOf(polygon: StarPolygon, corners: Int32Array): Shape {
  const { corners: exact } = polygon
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let k = 0; k < corners.length; k += 2) {
    corners[k] = Math.trunc(exact[k]!)
    corners[k + 1] = Math.trunc(exact[k + 1]!)
    left = Math.min(left, exact[k]!)
    right = Math.max(right, exact[k]!)
    top = Math.min(top, exact[k + 1]!)
    bottom = Math.max(bottom, exact[k + 1]!)
  }
  const area = Math.abs(doubleArea(corners)) / 2
  const { x, y, folded } = massOf(corners, polygon)
  const { reach, core } = discsAround(x, y, corners)
  return { polygon, corners, area, folded, x, y, reach, core, left, right, top, bottom }
}

/** The centre of mass, and what is folded over; where the rays begin for a polygon without an area. */
function massOf(corners: Int32Array, { x, y }: StarPolygon) {
  let [sum, sumX, sumY, folded] = [0, 0, 0, 0]
  let ax = corners[corners.length - 2]! - x
  let ay = corners[corners.length - 1]! - y
  for (let k = 0; k < corners.length; k += 2) {
    const bx = corners[k]! - x
    const by = corners[k + 1]! - y
    const twice = ax * by - ay * bx
    if (twice < 0) folded -= twice / 2
    sum += twice
    sumX += twice * (ax + bx)
    sumY += twice * (ay + by)
    ax = bx
    ay = by
  }
  if (sum === 0) return { x, y, folded }
  return { x: x + sumX / (3 * sum), y: y + sumY / (3 * sum), folded }
}

/** The discs around a point that hold all corners, and that no side cuts. */
function discsAround(x: number, y: number, corners: Int32Array): { reach: number; core: number } {
  let [farthest, nearest, turns] = [0, Infinity, 0]
  let ax = corners[corners.length - 2]! - x
  let ay = corners[corners.length - 1]! - y
  for (let k = 0; k < corners.length; k += 2) {
    const bx = corners[k]! - x
    const by = corners[k + 1]! - y
    const [dx, dy] = [bx - ax, by - ay]
    const square = dx * dx + dy * dy
    const along = square === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / square))
    nearest = Math.min(nearest, (ax + along * dx) ** 2 + (ay + along * dy) ** 2)
    farthest = Math.max(farthest, bx * bx + by * by)
    // How often the sides go around the point (Sunday 2001).
    if (ay <= 0 && by > 0 && ax * by - ay * bx > 0) turns += 1
    if (ay > 0 && by <= 0 && ax * by - ay * bx < 0) turns -= 1
    ax = bx
    ay = by
  }
  return { reach: Math.sqrt(farthest), core: turns > 0 ? Math.sqrt(nearest) : 0 }
}

function copyOf(shape: Shape): Shape {
  const { polygon } = shape
  const own = { x: polygon.x, y: polygon.y, corners: polygon.corners.slice() }
  return { ...shape, polygon: own, corners: shape.corners.slice() }
}

/** Discs settle most pairs: what they hold is shared. */
function surelyOverlaps(a: Shape, b: Shape, threshold: number): boolean {
  if (areApart(a, b)) return false
  const shared = lensArea(a.core, b.core, Math.hypot(a.x - b.x, a.y - b.y))
  return shared > limitFor(a, b, threshold) + mostTakenAway(a, b) + ROUNDING
}

function overlaps(a: Shape, b: Shape, threshold: number): boolean {
  if (areApart(a, b)) return false
  const limit = limitFor(a, b, threshold)
  // Nothing is shared beyond the discs that hold them.
  if (lensArea(a.reach, b.reach, Math.hypot(a.x - b.x, a.y - b.y)) <= limit) return false
  // What is folded over counts twice.
  const taken = mostTakenAway(a, b)
  if (taken === 0 && sharedBox(a, b) + ROUNDING <= limit) return false
  return sharedAreaIsAbove(limit, a.corners, a.polygon, b.corners, taken)
}

/** What is folded over counts against what is shared, at most as often as the other polygon has triangles. */
function mostTakenAway(a: Shape, b: Shape): number {
  return (a.corners.length / 2) * (a.folded + b.folded)
}

/** Area that the boxes around two polygons share, in whole pixels as their corners. */
function sharedBox(a: Shape, b: Shape): number {
  const across = Math.trunc(Math.min(a.right, b.right)) - Math.trunc(Math.max(a.left, b.left))
  const down = Math.trunc(Math.min(a.bottom, b.bottom)) - Math.trunc(Math.max(a.top, b.top))
  return across * down
}

function areApart(a: Shape, b: Shape): boolean {
  return a.left > b.right || b.left > a.right || a.top > b.bottom || b.top > a.bottom
}

function limitFor(a: Shape, b: Shape, threshold: number): number {
  return threshold * (Math.min(a.area, b.area) + 1e-10)
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
