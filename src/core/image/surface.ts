import { solve } from './solve.ts'

/** A value measured at a place; x and y run from −1 to 1 over the field. */
export interface SurfacePoint {
  readonly x: number
  readonly y: number
  readonly value: number
  /** 0 to leave the point out. */
  readonly weight: number
}

export type Surface = (x: number, y: number) => number

const TERMS: readonly Surface[] = [
  () => 1,
  x => x,
  (_, y) => y,
  x => x * x,
  (x, y) => x * y,
  (_, y) => y * y,
]
/** Terms of a level, a slope and a curved surface, and the points that each wants at least. */
const ORDERS = [
  { terms: 6, points: 16 },
  { terms: 3, points: 6 },
  { terms: 1, points: 1 },
] as const

/** Weighted least squares of a quadratic in x and y; of a plane or a level where the points are few. */
export function fitSurface(points: readonly SurfacePoint[]): Surface {
  const order = ORDERS.find(({ points: least }) => points.length >= least)
  if (order === undefined) return () => NaN
  const terms = TERMS.slice(0, order.terms)
  const normal = terms.map(() => new Float64Array(terms.length + 1))
  for (const { x, y, value, weight } of points) {
    const row = [...terms.map(term => term(x, y)), value]
    for (let i = 0; i < terms.length; i += 1) {
      for (let j = 0; j <= terms.length; j += 1) normal[i]![j]! += weight * row[i]! * row[j]!
    }
  }
  // A touch of ridge, so that points on a line still give an answer.
  normal.forEach((row, i) => (row[i]! *= 1 + 1e-9))
  const coefficients = solve(normal)
  return (x, y) => terms.reduce((sum, term, i) => sum + coefficients[i]! * term(x, y), 0)
}
