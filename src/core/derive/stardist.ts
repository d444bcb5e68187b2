import { z } from 'zod'
import type { Labels } from '../image/labels.ts'
import { stage } from '../stage.ts'
import { renumber } from './renumber.ts'
import { drawPolygon, raysOf, starPolygon } from './star-polygon.ts'
import { suppressOverlapping } from './suppress-overlapping.ts'

/** How objects are made from what a network sees from their centres. */
export const StarDistParams = z.strictObject({
  /** A point is a candidate where its probability of being the centre of an object is above this. */
  probabilityThreshold: z.number().min(0).max(1).default(0.5),
  /** Of two that share more than this fraction of the smaller one's area, the less probable is dropped. */
  overlapThreshold: z.number().min(0).max(1).default(0.4),
  /** Pixels of the field from one point of the maps to the next, down and across. */
  grid: z
    .tuple([z.number().int().positive(), z.number().int().positive()])
    .readonly()
    .default([1, 1]),
  /** Points so near to the border of the maps are no candidates. */
  border: z.number().int().nonnegative().default(2),
})
export type StarDistParams = z.infer<typeof StarDistParams>

/** What a network says about each point of its grid. */
export interface StarMaps {
  readonly width: number
  readonly height: number
  readonly rays: number
  /** To be in the middle of an object, 0 to 1; [height, width]. */
  readonly probability: Float32Array
  /** To the boundary along each ray, in pixels of the field; [rays, height, width]. */
  readonly distances: Float32Array
  /** Of the field, in its own pixels. */
  readonly field: { readonly width: number; readonly height: number }
}

/**
 * Objects as star-convex polygons (Schmidt et al. 2018, https://doi.org/10.1007/978-3-030-00934-2_30).
 *
 * Where two that are kept still overlap, the more probable one has the pixels. Of equally probable candidates
 * the first in raster order counts as the more probable.
 */
export const stardist = stage({
  id: 'derive.stardist',
  version: 1,
  defaults: StarDistParams.parse({}),
  run: findStars,
})

/** Distances are taken for at least this, as the authors' code does. */
const SHORTEST = 1e-3

function findStars(maps: StarMaps, params: StarDistParams): Labels {
  const { width, height, rays, distances, field } = maps
  const [down, right] = params.grid
  const points = candidatesOf(maps, params)
  const directions = raysOf(rays)
  const own = new Float32Array(rays)
  const corners = new Float32Array(2 * rays)
  const polygonOf = (candidate: number) => {
    const point = points[candidate]!
    for (let k = 0; k < rays; k += 1) {
      own[k] = Math.max(SHORTEST, distances[k * width * height + point]!)
    }
    const y = Math.floor(point / width)
    return starPolygon((point - y * width) * right, y * down, own, directions, corners)
  }
  const candidates = { count: points.length, field, polygonOf }
  const kept = suppressOverlapping(candidates, params.overlapThreshold)
  const canvas = { ...field, pixels: new Uint32Array(field.width * field.height) }
  for (let i = kept.length - 1; i >= 0; i -= 1) drawPolygon(kept[i]!, i + 1, canvas)
  return renumber({ ...canvas, count: kept.length })
}

/** The most probable first; a point whose probability is not a number is none. */
function candidatesOf(
  { width, height, probability }: StarMaps,
  { probabilityThreshold, border }: StarDistParams,
): Uint32Array {
  const points: number[] = []
  for (let y = border; y < height - border; y += 1) {
    for (let x = border; x < width - border; x += 1) {
      if (probability[y * width + x]! > probabilityThreshold) points.push(y * width + x)
    }
  }
  return Uint32Array.from(points).sort((a, b) => probability[b]! - probability[a]! || a - b)
}
