import { histogramOf } from '../image/histogram.ts'
import type { Plane } from '../image/plane.ts'
import { estimateNoise } from './camera-noise.ts'
import { cameraRange } from './camera-range.ts'
import { findEdges } from './edge-mask.ts'
import { sharpnessVotes, VOTING_TILE } from './edge-sharpness.ts'
import { mended, type QualityParams } from './metrics.ts'
import { evenMap, type QualityMap } from './quality-map.ts'
import { stabilise } from './stabilised.ts'

/** Distance of coarse pixels, in pixels of the plane. */
const COARSE_SPACING = 4

/**
 * The votes from which `edge_sharpness` and `edge_blurred_share` are made, where they were given: 0.4 for steps,
 * less for blurred edges. NaN where a tile has too few edges to tell.
 */
export function mapSharpness(
  plane: Plane,
  { edgeSignificance }: Pick<QualityParams, 'edgeSignificance'>,
): QualityMap {
  const histogram = histogramOf(plane.pixels)
  const whole = histogram.total < plane.pixels.length ? mended(plane, histogram) : plane
  if (histogram.total === 0) return evenMap(plane, VOTING_TILE * COARSE_SPACING, NaN)
  const ceiling = cameraRange(plane, histogram) ?? Infinity
  const { fine, coarse } = stabilise(whole, estimateNoise(whole, ceiling))
  const map = evenMap(plane, VOTING_TILE * COARSE_SPACING, NaN)
  for (const { column, row, ratio } of sharpnessVotes(fine, findEdges(coarse, edgeSignificance))) {
    map.values[row * map.width + column] = Math.max(0, ratio)
  }
  return map
}
