import { z } from 'zod'
import { stage } from '../stage.ts'

const NAMED = [
  'projection-or-sharpest',
  'sharpest',
  'lowest',
  'maximum-projection',
  'mean-projection',
] as const

/**
 * What of a stack is analysed: one focal plane, by a rule or by its number as the instrument counts, or a projection that
 * is made of all its planes. `projection-or-sharpest` takes the instrument's own projection where there is one.
 */
export const FocalPlane = z.union(
  [z.enum(NAMED), z.strictObject({ z: z.int().nonnegative() })],
  `one of ${NAMED.map(name => `"${name}"`).join(', ')}, or a plane by its number, as in {"z": 3}`,
)
export type FocalPlane = z.infer<typeof FocalPlane>

/** How planes are made one. */
export type Projection = 'maximum' | 'mean'

/** The projection that a recipe wants to be made; null where it takes planes as they are. */
export function projectionOf(focalPlane: FocalPlane): Projection | null {
  if (focalPlane === 'maximum-projection') return 'maximum'
  return focalPlane === 'mean-projection' ? 'mean' : null
}

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
 * Of a stack that is to be projected all planes are picked but the instrument's own projection, the sharpest first: it
 * stands for the stack where one plane has to. A channel of which there is nothing but a projection gives that.
 * At a given depth a channel that was imaged at one depth only gives its plane, wherever that is.
 *
 * @returns places in `candidates`, the segmented channel's first, the rest by channel name;
 *   none when the segmented channel has no plane, or none that `focalPlane` allows
 */
export const choosePlanes = stage<FieldCandidates, ChoosePlanesParams, readonly number[]>({
  id: 'prepare.planes',
  version: 1,
  defaults: { focalPlane: 'projection-or-sharpest' },
  run: choose,
})

/** A depth that a recipe wants, and a channel that was imaged at others. */
export interface MissingDepth {
  readonly channel: string
  readonly z: number
  /** The depths of its planes. */
  readonly there: readonly number[]
}

/** What keeps a field from being analysed at a given depth; null where nothing does. */
export function missingDepth(
  { candidates, segmented }: FieldCandidates,
  { focalPlane }: ChoosePlanesParams,
): MissingDepth | null {
  if (typeof focalPlane === 'string') return null
  const { z } = focalPlane
  for (const [channel, stack] of Map.groupBy(candidates, plane => plane.channel)) {
    const free = stack.length === 1 && channel !== segmented
    if (free || levelAt(stack, z) !== undefined) continue
    const depths = stack.filter(({ projection }) => !projection).map(plane => plane.z)
    return { channel, z, there: depths.toSorted((a, b) => a - b) }
  }
  return null
}

function choose(
  { candidates, segmented }: FieldCandidates,
  { focalPlane }: ChoosePlanesParams,
): readonly number[] {
  const stacks = Map.groupBy(candidates, ({ channel }) => channel)
  const first = stacks.get(segmented)
  if (first === undefined) return []
  const others = [...stacks.keys()]
    .filter(channel => channel !== segmented)
    .sort()
    .map(channel => stacks.get(channel)!)
  const chosen =
    typeof focalPlane === 'object'
      ? atDepth(first, others, focalPlane.z)
      : projectionOf(focalPlane) !== null
        ? [first, ...others].flatMap(wholeStack)
        : atOneDepth(first, others, focalPlane)
  return chosen.map(plane => candidates.indexOf(plane))
}

type Stack = readonly Candidate[]

function atOneDepth(first: Stack, others: readonly Stack[], focalPlane: FocalPlane): Stack {
  const { z, projection } = best(first, focalPlane)
  const level = (stack: Stack) =>
    stack.find(plane => plane.z === z && plane.projection === projection)
  return [first, ...others].map(stack => level(stack) ?? best(stack, focalPlane))
}

function atDepth(first: Stack, others: readonly Stack[], z: number): Stack {
  const level = levelAt(first, z)
  if (level === undefined) return []
  return [level, ...others.flatMap(stack => levelAt(stack, z) ?? (stack.length === 1 ? stack : []))]
}

function wholeStack(stack: Stack): Stack {
  const levels = stack.filter(({ projection }) => !projection)
  if (levels.length === 0) return [best(stack, 'sharpest')]
  const sharpest = best(levels, 'sharpest')
  return [sharpest, ...levels.filter(plane => plane !== sharpest).sort((a, b) => a.z - b.z)]
}

function levelAt(stack: Stack, z: number): Candidate | undefined {
  return stack.find(plane => plane.z === z && !plane.projection)
}

/** @param stack of one plane at least */
function best(stack: Stack, focalPlane: FocalPlane): Candidate {
  const projection = stack.find(plane => plane.projection)
  if (focalPlane === 'projection-or-sharpest' && projection !== undefined) return projection
  const byDepth = stack.toSorted((a, b) => a.z - b.z)
  if (focalPlane === 'lowest') return byDepth[0]!
  const sharpest = Math.max(...byDepth.map(({ sharpness }) => sharpness ?? 0))
  return byDepth.find(({ sharpness }) => (sharpness ?? 0) === sharpest)!
}
