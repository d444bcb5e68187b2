import { randomFrom } from './random.ts'

/** Side of the lattice, after which the landscape repeats, in units. */
const PERIOD = 256
const LATTICE = drawLattice()

/**
 * A smooth random landscape, about −1…1, with hills one unit across: the texture of what is too fine to model.
 *
 * Gradient noise (Perlin 1985, with the fifth-order fade of Perlin 2002) on a lattice drawn once;
 * a seed is a place in it.
 */
export function smoothNoise(seed: number, x: number, y: number): number {
  const column = Math.floor(x)
  const row = Math.floor(y)
  const right = x - column
  const down = y - row
  const left = (column + seed) & (PERIOD - 1)
  const next = (left + 1) & (PERIOD - 1)
  const top = ((row + (seed >>> 8)) & (PERIOD - 1)) * PERIOD
  const bottom = (top + PERIOD) & (PERIOD * PERIOD - 1)
  const across = fade(right)
  const above = mix(climb(top + left, right, down), climb(top + next, right - 1, down), across)
  const below = mix(
    climb(bottom + left, right, down - 1),
    climb(bottom + next, right - 1, down - 1),
    across,
  )
  return 1.8 * mix(above, below, fade(down))
}

/** How far one climbs from a lattice point along its slope. */
function climb(point: number, dx: number, dy: number): number {
  return LATTICE[2 * point]! * dx + LATTICE[2 * point + 1]! * dy
}

function fade(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10)
}

function mix(a: number, b: number, share: number): number {
  return a + share * (b - a)
}

/** A slope of height 1 in any direction for each lattice point, as pairs. */
function drawLattice(): Float32Array {
  const random = randomFrom('lattice')
  const slopes = new Float32Array(2 * PERIOD * PERIOD)
  for (let i = 0; i < slopes.length; i += 2) {
    const direction = random.between(0, 2 * Math.PI)
    slopes[i] = Math.cos(direction)
    slopes[i + 1] = Math.sin(direction)
  }
  return slopes
}
