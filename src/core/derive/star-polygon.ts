/** A star-convex polygon: what its centre sees in some directions. Lengths are in pixels of the field. */
export interface StarPolygon {
  readonly x: number
  readonly y: number
  /** Corners in the order of the rays, x before y of each, single precision. */
  readonly corners: Float32Array
}

/**
 * The polygon whose corner k lies at an angle of 2πk/n from the x axis towards growing y, at distance k
 * (Schmidt et al. 2018; `dist_to_coord` of the authors' code).
 */
export function starPolygon(x: number, y: number, distances: Float32Array): StarPolygon {
  const rays = distances.length
  const corners = new Float32Array(2 * rays)
  for (let k = 0; k < rays; k += 1) {
    const angle = (2 * Math.PI * k) / rays
    corners[2 * k] = Math.fround(distances[k]! * Math.cos(angle)) + x
    corners[2 * k + 1] = Math.fround(distances[k]! * Math.sin(angle)) + y
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
  let from = new Float64Array(4 * (second.length + 8))
  let to = new Float64Array(from.length)
  for (let k = 0; k < first.length; k += 2) {
    const next = k + 2 === first.length ? 0 : k + 2
    const triangle = [within.x, within.y, first[k]!, first[k + 1]!, first[next]!, first[next + 1]!]
    const sign = Math.sign(doubleArea(triangle))
    if (sign === 0) continue
    let length = second.length
    for (let i = 0; i < length; i += 1) from[i] = second[i]!
    for (let side = 0; side < 6 && length > 0; side += 2) {
      const end = (side + 2) % 6
      const [ax, ay, bx, by] = [
        triangle[side]!,
        triangle[side + 1]!,
        triangle[end]!,
        triangle[end + 1]!,
      ]
      length = clip(from, length, to, sign * (bx - ax), sign * (by - ay), ax, ay)
      const swap = from
      from = to
      to = swap
    }
    sum += sign * doubleArea(from, length)
  }
  return Math.abs(sum) / 2
}

/** Leaves what is on the left of a line through (ax, ay); gives the length of what it wrote. */
function clip(
  from: Float64Array,
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
  let before = dx * (py - ay) - dy * (px - ax)
  for (let k = 0; k < length; k += 2) {
    const x = from[k]!
    const y = from[k + 1]!
    const now = dx * (y - ay) - dy * (x - ax)
    if (before >= 0 !== now >= 0) {
      const share = before / (before - now)
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
    before = now
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
