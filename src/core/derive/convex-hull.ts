/** Corner points x0, y0, x1, y1, … in pixels, where pixel (x, y) covers [x, x + 1] × [y, y + 1]. */
export type Outline = readonly number[]

/** The convex hull of points, counter-clockwise, without points on its edges (monotone chain, Andrew 1979). */
export function convexHull(points: Outline): Outline {
  const order = Array.from({ length: points.length / 2 }, (_, i) => i).sort(
    (a, b) => points[2 * a]! - points[2 * b]! || points[2 * a + 1]! - points[2 * b + 1]!,
  )
  const lower = halfHull(points, order)
  const upper = halfHull(points, order.reverse())
  return [...lower.slice(0, -2), ...upper.slice(0, -2)]
}

/** Area of a polygon (the shoelace formula). */
export function polygonArea(outline: Outline): number {
  let twice = 0
  for (let i = 0; i < outline.length; i += 2) {
    const next = (i + 2) % outline.length
    twice += outline[i]! * outline[next + 1]! - outline[next]! * outline[i + 1]!
  }
  return Math.abs(twice) / 2
}

function halfHull(points: Outline, order: readonly number[]): number[] {
  const hull: number[] = []
  for (const i of order) {
    const x = points[2 * i]!
    const y = points[2 * i + 1]!
    while (hull.length >= 4 && !turnsLeft(hull, x, y)) hull.length -= 2
    hull.push(x, y)
  }
  return hull
}

function turnsLeft(hull: readonly number[], x: number, y: number): boolean {
  const bx = hull.at(-2)!
  const by = hull.at(-1)!
  const ax = hull.at(-4)!
  const ay = hull.at(-3)!
  return (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0
}
