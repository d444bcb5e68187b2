import { z } from 'zod'
import { stage } from '../stage.ts'

/** Which focal plane of a stack is analysed. */
export const FocalPlane = z.enum(['projection-or-sharpest', 'sharpest', 'lowest'])
export type FocalPlane = z.infer<typeof FocalPlane>

/** One plane of a field that could be analysed. */
export interface Candidate {
  readonly channel: string
  readonly z: number
  readonly projection: boolean
  /** Variance of the Laplacian, which compares planes of one stack; null where it has none. */
  readonly sharpness: number | null
}

export interface ChoosePlanesParams {
  readonly focalPlane: FocalPlane
}

/**
 * Picks one plane a channel: that of the segmented channel by `focalPlane`, the others at the same
 * depth, or by the same rule where a channel has none there.
 *
 * @returns the segmented channel's plane first, the rest by channel name; none when that channel has no plane.
 */
export const choosePlanes = stage({
  id: 'prepare.planes',
  version: 1,
  defaults: { focalPlane: 'projection-or-sharpest' },
  run: choose,
})

function choose<T extends Candidate>(
  { candidates, segmented }: { readonly candidates: readonly T[]; readonly segmented: string },
  { focalPlane }: ChoosePlanesParams,
): readonly T[] {
  const first = best(
    candidates.filter(({ channel }) => channel === segmented),
    focalPlane,
  )
  if (first === undefined) return []
  const others = [...new Set(candidates.map(({ channel }) => channel))]
    .filter(channel => channel !== segmented)
    .sort()
    .map(name => {
      const stack = candidates.filter(({ channel }) => channel === name)
      const level = stack.find(
        ({ z, projection }) => z === first.z && projection === first.projection,
      )
      return level ?? best(stack, focalPlane)!
    })
  return [first, ...others]
}

function best<T extends Candidate>(stack: readonly T[], focalPlane: FocalPlane): T | undefined {
  const projection = stack.find(plane => plane.projection)
  if (focalPlane === 'projection-or-sharpest' && projection !== undefined) return projection
  const byDepth = [...stack].sort((a, b) => a.z - b.z)
  if (focalPlane === 'lowest') return byDepth[0]
  return byDepth.reduce<T | undefined>(
    (sharpest, plane) =>
      sharpest === undefined || (plane.sharpness ?? 0) > (sharpest.sharpness ?? 0)
        ? plane
        : sharpest,
    undefined,
  )
}
