import type { ObjectRuns } from './object-runs.ts'

/** Where an object's mass is and how it is spread, every pixel weighing the same. */
export interface Inertia {
  /** Centre of mass; 0 is the centre of the image's first pixel. */
  readonly centreX: Float64Array
  readonly centreY: Float64Array
  /** Axes of the ellipse with the same second moments, in pixels. */
  readonly major: Float64Array
  readonly minor: Float64Array
  /** 0 for a circle, 1 for a line; 0 for one pixel. */
  readonly eccentricity: Float64Array
  /** Degrees of the major axis from the vertical, −90…90, positive to the left of up; 0 where no direction is longest. */
  readonly orientation: Float64Array
}

/**
 * Moments of the pixels' centres, as scikit-image takes them: a pixel has no extent of its own (no 1/12 is added),
 * so that a straight line has a minor axis of 0.
 */
export function measureInertia(runs: ObjectRuns): Inertia {
  const { count } = runs
  const centreX = new Float64Array(count)
  const centreY = new Float64Array(count)
  const major = new Float64Array(count)
  const minor = new Float64Array(count)
  const eccentricity = new Float64Array(count)
  const orientation = new Float64Array(count)
  for (let object = 0; object < count; object += 1) {
    const { x, y, xx, yy, xy } = momentsOf(runs, object)
    const spread = Math.hypot(xx - yy, 2 * xy)
    const large = (xx + yy + spread) / 2
    // By the determinant: the difference of near-equal numbers would lose the width of a thin object.
    const small = large === 0 ? 0 : Math.max(0, (xx * yy - xy * xy) / large)
    centreX[object] = x
    centreY[object] = y
    major[object] = 4 * Math.sqrt(large)
    minor[object] = 4 * Math.sqrt(small)
    eccentricity[object] = large === 0 ? 0 : Math.sqrt(1 - small / large)
    orientation[object] = (Math.atan2(2 * xy, yy - xx) * 90) / Math.PI
  }
  return { centreX, centreY, major, minor, eccentricity, orientation }
}

interface Moments {
  readonly x: number
  readonly y: number
  /** Variances and covariance of the coordinates. */
  readonly xx: number
  readonly yy: number
  readonly xy: number
}

/** Sums are of whole numbers, counted from the object's first pixel to keep them small and exact. */
function momentsOf({ first, y, start, end }: ObjectRuns, object: number): Moments {
  const firstRun = first[object]!
  const x0 = start[firstRun]!
  const y0 = y[firstRun]!
  let n = 0
  let sumX = 0
  let sumY = 0
  let sumXX = 0
  let sumYY = 0
  let sumXY = 0
  for (let run = firstRun; run < first[object + 1]!; run += 1) {
    const length = end[run]! - start[run]!
    const a = start[run]! - x0
    const b = a + length - 1
    const rowX = ((a + b) * length) / 2
    const rowY = y[run]! - y0
    n += length
    sumX += rowX
    sumY += rowY * length
    sumXX += (length * (2 * (a * a + a * b + b * b) + b - a)) / 6
    sumYY += rowY * rowY * length
    sumXY += rowY * rowX
  }
  return {
    x: x0 + sumX / n,
    y: y0 + sumY / n,
    xx: (n * sumXX - sumX * sumX) / (n * n),
    yy: (n * sumYY - sumY * sumY) / (n * n),
    xy: (n * sumXY - sumX * sumY) / (n * n),
  }
}
