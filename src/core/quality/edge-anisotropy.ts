import { solve } from '../image/solve.ts'
import type { EdgeMask } from './edge-mask.ts'
import type { Scale } from './stabilised.ts'

/** Coarse pixels on edges, below which a few objects would pass for a direction. */
const FEWEST_EDGES = 500

/**
 * How much the sharpness of edges depends on their direction: 0 not at all, towards 1 when the stage moved,
 * for then only the edges along its way stay sharp.
 *
 * Along its gradient an edge that faces the direction θ is as sharp as m + p·cos 2θ + q·sin 2θ, in the
 * least squares of the squared second derivative over all edges, weighted by 1/|gradient|²; the result is
 * √(p² + q²)/m. How many edges face a direction plays no part. Null where there are too few edges.
 */
export function measureEdgeAnisotropy(fine: Scale, mask: EdgeMask): number | null {
  const { width, pixels } = fine
  const normal = [new Float64Array(4), new Float64Array(4), new Float64Array(4)]
  let edges = 0
  for (let y = 1; y < mask.height - 1; y += 1) {
    for (let x = 1; x < mask.width - 1; x += 1) {
      if (mask.pixels[y * mask.width + x] === 0) continue
      const i = 2 * y * width + 2 * x
      const west = pixels[i - 1]!
      const east = pixels[i + 1]!
      const north = pixels[i - width]!
      const south = pixels[i + width]!
      const dx = (east - west) / 2
      const dy = (south - north) / 2
      const gradient = dx * dx + dy * dy
      if (gradient === 0) continue
      const dxx = east + west - 2 * pixels[i]!
      const dyy = south + north - 2 * pixels[i]!
      const dxy =
        (pixels[i + width + 1]! +
          pixels[i - width - 1]! -
          pixels[i + width - 1]! -
          pixels[i - width + 1]!) /
        4
      const along = (dx * dx * dxx + 2 * dx * dy * dxy + dy * dy * dyy) / gradient
      addEdge(normal, gradient, (dx * dx - dy * dy) / gradient, (2 * dx * dy) / gradient, along)
      edges += 1
    }
  }
  if (edges < FEWEST_EDGES) return null
  const [even = 0, cosine = 0, sine = 0] = solve(normal)
  return even > 0 ? Math.hypot(cosine, sine) / even : null
}

/** Adds an edge to the normal equations: gradient·(1, cos 2θ, sin 2θ) should give the square of `along`. */
function addEdge(
  normal: readonly Float64Array[],
  gradient: number,
  cosine: number,
  sine: number,
  along: number,
): void {
  const [even, cosines, sines] = normal as [Float64Array, Float64Array, Float64Array]
  const square = along * along
  even[0]! += gradient
  even[1]! += gradient * cosine
  even[2]! += gradient * sine
  even[3]! += square
  cosines[0]! += gradient * cosine
  cosines[1]! += gradient * cosine * cosine
  cosines[2]! += gradient * cosine * sine
  cosines[3]! += square * cosine
  sines[0]! += gradient * sine
  sines[1]! += gradient * cosine * sine
  sines[2]! += gradient * sine * sine
  sines[3]! += square * sine
}
