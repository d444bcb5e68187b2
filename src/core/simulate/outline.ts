import type { Random } from './random.ts'

/**
 * A closed contour around a centre: its distance from the centre by direction.
 *
 * Directions are counted by the diamond angle, 0…4 once around, which orders them as the angle does and
 * costs one division.
 */
export interface Outline {
  /** In the unit of the shape, one entry for each 4/DIRECTIONS of the diamond angle. */
  readonly radii: Float64Array
  readonly furthest: number
}

export interface OutlineShape {
  readonly semiMajor: number
  readonly semiMinor: number
  /** Direction of the long axis, in radians. */
  readonly angle: number
  /** Standard deviation of the contour from the ellipse, relative to its radius. */
  readonly wobble: number
  /** One dent as in a kidney, relative to the radius; 0 for none. */
  readonly dent: number
}

const DIRECTIONS = 128
/** 0 and 1 are position and size, which the shape has already. */
const HARMONICS = [2, 3, 4, 5, 6, 7]
/** Cosine and sine of the multiples of each direction, up to the last harmonic. */
const WAVES = Array.from({ length: 8 }, (_, order) => ({
  cos: Float64Array.from({ length: DIRECTIONS }, (_, i) => Math.cos(order * angleAt(i))),
  sin: Float64Array.from({ length: DIRECTIONS }, (_, i) => Math.sin(order * angleAt(i))),
}))
const [, TURN] = WAVES

/** An ellipse whose contour swings at low frequencies, as those of nuclei and cells do. */
export function drawOutline(shape: OutlineShape, random: Random): Outline {
  const relative = new Float64Array(DIRECTIONS).fill(1)
  for (const order of HARMONICS) {
    const phase = random.between(0, 2 * Math.PI)
    const height = (3 * shape.wobble * random.normal()) / order ** 1.5
    addWave(relative, order, height * Math.cos(phase), height * Math.sin(phase))
  }
  const dentAt = random.between(0, 2 * Math.PI)
  if (shape.dent > 0) pressIn(relative, shape.dent, dentAt)
  const radii = ellipseRadii(shape)
  for (let i = 0; i < DIRECTIONS; i += 1) radii[i] = radii[i]! * Math.max(0.3, relative[i]!)
  return { radii, furthest: radii.reduce((most, radius) => Math.max(most, radius)) }
}

function addWave(relative: Float64Array, order: number, even: number, odd: number): void {
  const { cos, sin } = WAVES[order]!
  for (let i = 0; i < DIRECTIONS; i += 1) {
    relative[i] = relative[i]! + even * cos[i]! - odd * sin[i]!
  }
}

function pressIn(relative: Float64Array, depth: number, direction: number): void {
  for (let i = 0; i < DIRECTIONS; i += 1) {
    const facing = Math.cos(angleAt(i) - direction)
    relative[i] = relative[i]! - depth * Math.exp(4 * (facing - 1))
  }
}

function ellipseRadii({ semiMajor, semiMinor, angle }: OutlineShape): Float64Array {
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const radii = new Float64Array(DIRECTIONS)
  for (let i = 0; i < DIRECTIONS; i += 1) {
    const x = TURN!.cos[i]!
    const y = TURN!.sin[i]!
    const along = (x * cos + y * sin) / semiMajor
    const across = (y * cos - x * sin) / semiMinor
    radii[i] = 1 / Math.sqrt(along * along + across * across)
  }
  return radii
}

/** Distance of the contour from the centre in the direction of (dx, dy). */
export function reach({ radii }: Outline, dx: number, dy: number): number {
  const span = Math.abs(dx) + Math.abs(dy)
  if (span === 0) return radii[0]!
  const turn =
    dy >= 0 ? (dx >= 0 ? dy / span : 1 - dx / span) : dx < 0 ? 2 - dy / span : 3 + dx / span
  const place = (turn * DIRECTIONS) / 4
  const before = Math.floor(place)
  const here = radii[before & (DIRECTIONS - 1)]!
  return here + (place - before) * (radii[(before + 1) & (DIRECTIONS - 1)]! - here)
}

/** In radians. */
function angleAt(direction: number): number {
  const diamond = (4 * direction) / DIRECTIONS
  if (diamond < 1) return Math.atan2(diamond, 1 - diamond)
  if (diamond < 2) return Math.atan2(2 - diamond, 1 - diamond)
  if (diamond < 3) return Math.atan2(2 - diamond, diamond - 3)
  return Math.atan2(diamond - 4, diamond - 3)
}
