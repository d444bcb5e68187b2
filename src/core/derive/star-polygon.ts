/** A star-convex polygon: what its centre sees in some directions. Lengths are in pixels of the field. */
export interface StarPolygon {
  readonly x: number
  readonly y: number
  /** Corners in the order of the rays, x before y of each, single precision. */
  readonly corners: Float32Array
}

/** Where the rays of polygons point. */
export interface Rays {
  readonly cosines: Float64Array
  readonly sines: Float64Array
}

/** Ray k of n lies at an angle of 2πk/n from the x axis towards growing y. */
export function raysOf(count: number): Rays {
  const angles = Float64Array.from({ length: count }, (_, k) => (2 * Math.PI * k) / count)
  return { cosines: angles.map(Math.cos), sines: angles.map(Math.sin) }
}

/**
 * The polygon whose corner k lies on ray k, at distance k (Schmidt et al. 2018; `dist_to_coord` of the authors' code).
 *
 * @param corners where they are written
 */
export function starPolygon(
  x: number,
  y: number,
  distances: Float32Array,
  { cosines, sines } = raysOf(distances.length),
  corners = new Float32Array(2 * distances.length),
): StarPolygon {
  for (let k = 0; k < distances.length; k += 1) {
    corners[2 * k] = Math.fround(distances[k]! * cosines[k]!) + x
    corners[2 * k + 1] = Math.fround(distances[k]! * sines[k]!) + y
  }
  return { x, y, corners }
}

/** Twice the area to the left of the way around, x before y of each corner; negative for the other way. */
export function doubleArea(corners: ArrayLike<number>, length = corners.length): number {
  let sum = 0
  for (let k = 0; k < length; k += 2) {
    const next = k + 2 === length ? 0 : k + 2
    sum += corners[k]! * corners[next + 1]! - corners[k + 1]! * corners[next]!
  }
  return sum
}

/**
 * Area that two polygons share, each a corner's x before its y.
 *
 * The first is the sum of the triangles that its sides make with a point within, each with a sign; the second is
 * clipped to each of them (Sutherland & Hodgman 1974), which keeps areas right for polygons of any shape. Exact but
 * for rounding; what a polygon covers twice counts twice.
 */
export function sharedArea(
  first: ArrayLike<number>,
  within: { readonly x: number; readonly y: number },
  second: ArrayLike<number>,
): number {
  let sum = 0
  for (let k = 0; k < first.length; k += 2) sum += doubleSharedWith(first, k, within, second)
  return Math.abs(sum) / 2
}

/** Far more than rounding adds up to in an area, in square pixels. */
export const ROUNDING = 1e-3

/**
 * Whether `sharedArea` is above a limit.
 *
 * @param mostTakenAway by how much some of the triangles can lessen the sum; it is settled as soon as it is above
 *   the limit by more
 */
export function sharedAreaIsAbove(
  limit: number,
  first: ArrayLike<number>,
  within: { readonly x: number; readonly y: number },
  second: ArrayLike<number>,
  mostTakenAway: number,
): boolean {
  const settled = 2 * (limit + mostTakenAway + ROUNDING)
  let sum = 0
  for (let k = 0; k < first.length; k += 2) {
    sum += doubleSharedWith(first, k, within, second)
    if (sum > settled) return true
  }
  return Math.abs(sum) / 2 > limit
}

/** Room for what is left of a polygon after each cut, which may grow by a corner for each of its sides. */
let before = new Float64Array(0)
let after = new Float64Array(0)

/** Twice the area that a polygon shares with the triangle of one side of another and a point, with its sign. */
function doubleSharedWith(
  polygon: ArrayLike<number>,
  from: number,
  { x, y }: { readonly x: number; readonly y: number },
  second: ArrayLike<number>,
): number {
  const next = from + 2 === polygon.length ? 0 : from + 2
  const ax = polygon[from]!
  const ay = polygon[from + 1]!
  const bx = polygon[next]!
  const by = polygon[next + 1]!
  const sign = Math.sign(x * ay - y * ax + (ax * by - ay * bx) + (bx * y - by * x))
  if (sign === 0) return 0
  if (before.length < 4 * (second.length + 8)) {
    before = new Float64Array(4 * (second.length + 8))
    after = new Float64Array(before.length)
  }
  let length = clip(second, second.length, before, sign * (ax - x), sign * (ay - y), x, y)
  if (length > 0) length = clip(before, length, after, sign * (bx - ax), sign * (by - ay), ax, ay)
  if (length > 0) length = clip(after, length, before, sign * (x - bx), sign * (y - by), bx, by)
  return sign * doubleArea(before, length)
}

/** Leaves what is on the left of a line through (ax, ay); gives the length of what it wrote. */
function clip(
  from: ArrayLike<number>,
  length: number,
  to: Float64Array,
  dx: number,
  dy: number,
  ax: number,
  ay: number,
): number {
  let written = 0
  let px = from[length - 2]!
  let py = from[length - 1]!
  let was = dx * (py - ay) - dy * (px - ax)
  for (let k = 0; k < length; k += 2) {
    const x = from[k]!
    const y = from[k + 1]!
    const now = dx * (y - ay) - dy * (x - ax)
    if (was >= 0 !== now >= 0) {
      const share = was / (was - now)
      to[written] = px + share * (x - px)
      to[written + 1] = py + share * (y - py)
      written += 2
    }
    if (now >= 0) {
      to[written] = x
      to[written + 1] = y
      written += 2
    }
    px = x
    py = y
    was = now
  }
  return written
}

/** Image that polygons are drawn into, row-major. */
export interface Canvas {
  readonly width: number
  readonly height: number
  readonly pixels: Uint32Array
}

/**
 * Gives a label to all pixels whose centre is in the polygon, on a side or on a corner, as skimage.draw.polygon
 * does (even-odd rule; O'Rourke 1998, section 7.4).
 */
export function drawPolygon({ corners }: StarPolygon, label: number, canvas: Canvas): void {
  const { width, height, pixels } = canvas
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let k = 0; k < corners.length; k += 2) {
    left = Math.min(left, corners[k]!)
    right = Math.max(right, corners[k]!)
    top = Math.min(top, corners[k + 1]!)
    bottom = Math.max(bottom, corners[k + 1]!)
  }
  const lastX = Math.min(width - 1, Math.ceil(right))
  const lastY = Math.min(height - 1, Math.ceil(bottom))
  for (let y = Math.max(0, Math.floor(top)); y <= lastY; y += 1) {
    for (let x = Math.max(0, Math.floor(left)); x <= lastX; x += 1) {
      if (covers(corners, x, y)) pixels[y * width + x] = label
    }
  }
}

/** So near to a corner is on it. */
const TOUCHING = 1e-12

function covers(corners: Float32Array, x: number, y: number): boolean {
  let crossedRight = false
  let crossedLeft = false
  let bx = corners[corners.length - 2]! - x
  let by = corners[corners.length - 1]! - y
  for (let k = 0; k < corners.length; k += 2) {
    const ax = corners[k]! - x
    const ay = corners[k + 1]! - y
    if (Math.abs(ax) < TOUCHING && Math.abs(ay) < TOUCHING) return true
    if (ay > 0 !== by > 0 && (ax * by - bx * ay) / (by - ay) > 0) crossedRight = !crossedRight
    if (ay < 0 !== by < 0 && (ax * by - bx * ay) / (by - ay) < 0) crossedLeft = !crossedLeft
    bx = ax
    by = ay
  }
  return crossedRight || crossedRight !== crossedLeft
}
