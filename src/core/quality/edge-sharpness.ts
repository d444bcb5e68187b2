import type { EdgeMask } from './edge-mask.ts'
import type { Scale } from './stabilised.ts'

export interface EdgeSharpness {
  /**
   * 0.4 for a step, falling with the width of the edges: about s²/(2(s² + b²)) for edges blurred by a
   * Gaussian of b pixels, with s = 1.5. More for objects that are hardly wider than their edges.
   */
  readonly sharpness: number
  /**
   * Share of the edges, 0 to 1, that are blurred while others in the field are not: neither a third as
   * sharp as the sharpest quarter nor sharper than 0.1. Under a bubble, or on a tilted plate.
   */
  readonly blurredShare: number
}

/** Tiles vote on the sharpness; side in coarse pixels. */
export const VOTING_TILE = 16
/** Fine pixels on edges that a tile needs for its vote. */
const SMALLEST_VOTE = 16
/** Fine pixels whose squared Laplacians hold as much as one independent one (simulated noise). */
const CORRELATED_PIXELS = 2.7
/** Standard error of the sharpness beyond which it says nothing. */
const LARGEST_ERROR = 0.02
/** Blurred edges have this share of the sharpness of the sharpest quarter at most… */
const BLURRED_SHARE = 1 / 3
/** …and this sharpness at most. */
const BLURRED = 0.1

/**
 * How sharp the edges are, whatever their height and number: Σ(s·Laplacian)²/Σ|gradient|².
 *
 * Measured at the fine scale on the edges that the coarse one shows; the noise's own part is taken off
 * both sums. Each tile votes with its ratio, weighted by its edges, and the median wins, so that a few
 * bright specks in a blurred field do not decide. Null where there are too few edges to tell.
 */
export function measureEdgeSharpness(fine: Scale, mask: EdgeMask): EdgeSharpness | null {
  const { sigma, noise } = fine
  const votes = [...sharpnessVotes(fine, mask)]
  let gradients = 0
  let weight = 0
  for (const vote of votes) {
    gradients += vote.gradients
    weight += vote.weight
  }
  const uncertain = noise.laplacian * Math.sqrt(2 * weight * CORRELATED_PIXELS)
  if (votes.length === 0 || sigma ** 2 * uncertain > LARGEST_ERROR * gradients) return null
  votes.sort((a, b) => a.ratio - b.ratio)
  const limit = Math.min(BLURRED, BLURRED_SHARE * ratioAt(votes, 0.75 * weight))
  const blurred = votes.reduce((sum, vote) => sum + (vote.ratio < limit ? vote.weight : 0), 0)
  return {
    sharpness: Math.max(0, ratioAt(votes, 0.5 * weight)),
    blurredShare: blurred / weight,
  }
}

/** What a tile with edges enough says about their sharpness. */
export interface SharpnessVote {
  /** Of the tile, counted in tiles. */
  readonly column: number
  readonly row: number
  /** Σ(s·Laplacian)²/Σ|gradient|² without the noise's part; may be negative by chance. */
  readonly ratio: number
  /** Fine pixels on edges. */
  readonly weight: number
  /** Σ|gradient|² without the noise's part. */
  readonly gradients: number
}

/** The votes of all tiles that have one, row by row. */
export function* sharpnessVotes(
  fine: Scale,
  mask: EdgeMask,
): Generator<SharpnessVote, undefined, undefined> {
  const { sigma, noise } = fine
  for (let top = 0; top < mask.height; top += VOTING_TILE) {
    for (let left = 0; left < mask.width; left += VOTING_TILE) {
      const tile = sumTile(fine, mask, left, top)
      const gradients = tile.gradients - tile.pixels * noise.gradient
      if (tile.pixels < SMALLEST_VOTE || gradients <= 0) continue
      const curvature = tile.laplacians - tile.pixels * noise.laplacian
      yield {
        column: left / VOTING_TILE,
        row: top / VOTING_TILE,
        ratio: (sigma ** 2 * curvature) / gradients,
        weight: tile.pixels,
        gradients,
      }
    }
  }
}

/** The ratio at which the sorted votes reach a weight. */
function ratioAt(votes: readonly SharpnessVote[], weight: number): number {
  let passed = 0
  for (const vote of votes) {
    passed += vote.weight
    if (passed >= weight) return vote.ratio
  }
  return NaN
}

interface TileSums {
  pixels: number
  gradients: number
  laplacians: number
}

/** Sums over the fine pixels under a tile's edges. */
function sumTile(fine: Scale, mask: EdgeMask, left: number, top: number): TileSums {
  const sums = { pixels: 0, gradients: 0, laplacians: 0 }
  const right = Math.min(left + VOTING_TILE, mask.width)
  const bottom = Math.min(top + VOTING_TILE, mask.height)
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      if (mask.pixels[y * mask.width + x] === 1) addEdge(fine, 2 * x, 2 * y, sums)
    }
  }
  return sums
}

/** Adds the four fine pixels under a coarse one. */
function addEdge(fine: Scale, left: number, top: number, sums: TileSums): void {
  const { width, height, pixels, spacing } = fine
  for (let y = top; y < Math.min(top + 2, height - 1); y += 1) {
    for (let x = left; x < Math.min(left + 2, width - 1); x += 1) {
      const i = y * width + x
      const west = pixels[i - 1]!
      const east = pixels[i + 1]!
      const north = pixels[i - width]!
      const south = pixels[i + width]!
      const dx = (east - west) / (2 * spacing)
      const dy = (south - north) / (2 * spacing)
      const laplacian = (west + east + north + south - 4 * pixels[i]!) / spacing ** 2
      sums.pixels += 1
      sums.gradients += dx * dx + dy * dy
      sums.laplacians += laplacian * laplacian
    }
  }
}
