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

export interface FieldCandidates {
  readonly candidates: readonly Candidate[]
  /** Name of the channel in which objects are looked for. */
  readonly segmented: string
}

/**
 * Picks one plane a channel: that of the segmented channel by `focalPlane`, the others at the same
 * depth, or by the same rule where a channel has none there.
 *
 * @returns places in `candidates`, the segmented channel's first, the rest by channel name;
 *   none when the segmented channel has no plane
 */
export const choosePlanes = stage<FieldCandidates, ChoosePlanesParams, readonly number[]>({
  id: 'prepare.planes',
  version: 1,
  defaults: { focalPlane: 'projection-or-sharpest' },
  run: choose,
})

function choose(
  { candidates, segmented }: FieldCandidates,
  { focalPlane }: ChoosePlanesParams,
): readonly number[] {
  const stacks = Map.groupBy(candidates, ({ channel }) => channel)
  const first = best(stacks.get(segmented) ?? [], focalPlane)
  if (first === undefined) return []
  const others = [...stacks.keys()]
    .filter(channel => channel !== segmented)
    .sort()
    .map(channel => {
      const stack = stacks.get(channel)!
      const level = stack.find(
        ({ z, projection }) => z === first.z && projection === first.projection,
      )
      return level ?? best(stack, focalPlane)!
    })
  return [first, ...others].map(plane => candidates.indexOf(plane))
}

function best(stack: readonly Candidate[], focalPlane: FocalPlane): Candidate | undefined {
  const projection = stack.find(plane => plane.projection)
  if (focalPlane === 'projection-or-sharpest' && projection !== undefined) return projection
  const byDepth = stack.toSorted((a, b) => a.z - b.z)
  if (focalPlane === 'lowest') return byDepth[0]
  const sharpest = Math.max(...byDepth.map(({ sharpness }) => sharpness ?? 0))
  return byDepth.find(({ sharpness }) => (sharpness ?? 0) === sharpest)
}
