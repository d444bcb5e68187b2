import type { FieldRow, PlaneRow } from '#contract/plates.ts'
import type { PlaneId } from '#core/brand.ts'

/** Which of a channel's focal planes is seen: one, the projection that came from the instrument, or ours. */
export type Focus =
  | { readonly kind: 'plane'; readonly z: number }
  | { readonly kind: 'projection' }
  | { readonly kind: 'maximum' }

/** The planes of a channel that are seen; several are shown as their brightest values. */
export interface ShownChannel {
  readonly channel: string
  /** Never empty. */
  readonly planes: readonly PlaneRow[]
}

/** Channels in the order in which the field has them. */
export function channelsOf(field: FieldRow): readonly string[] {
  return [...new Set(field.planes.map(({ channel }) => channel))]
}

/** The focal planes of a field, ascending. */
export function depthsOf(field: FieldRow): readonly number[] {
  const depths = field.planes.filter(({ projection }) => !projection).map(({ z }) => z)
  return [...new Set(depths)].sort((a, b) => a - b)
}

/** What can be chosen for a field. */
export function focusesOf(field: FieldRow): readonly Focus[] {
  const depths = depthsOf(field)
  return [
    ...depths.map(z => ({ kind: 'plane', z }) as const),
    ...(field.planes.some(({ projection }) => projection) ? [{ kind: 'projection' } as const] : []),
    ...(depths.length > 1 ? [{ kind: 'maximum' } as const] : []),
  ]
}

/**
 * The focus in which a field is shown: that of the plane somebody came for, else the one that was chosen before if
 * the field has it, else the instrument's projection, else the middle of the stack.
 */
export function focusFor(field: FieldRow, asked: PlaneId | null, wish: Focus | null): Focus {
  const plane = field.planes.find(({ planeId }) => planeId === asked)
  if (plane !== undefined) {
    return plane.projection ? { kind: 'projection' } : { kind: 'plane', z: plane.z }
  }
  const choices = focusesOf(field)
  const kept = choices.find(choice => wish !== null && sameFocus(choice, wish))
  if (kept !== undefined) return kept
  const depths = depthsOf(field)
  const middle = depths[Math.floor(depths.length / 2)]
  return choices.some(({ kind }) => kind === 'projection') || middle === undefined
    ? { kind: 'projection' }
    : { kind: 'plane', z: middle }
}

function sameFocus(a: Focus, b: Focus): boolean {
  return a.kind === 'plane' && b.kind === 'plane' ? a.z === b.z : a.kind === b.kind
}

/**
 * The planes that are seen in a focus. An image that was taken again is seen only when somebody came for it.
 * A channel without a plane at that depth shows its nearest.
 */
export function planesShown(
  field: FieldRow,
  focus: Focus,
  asked: PlaneId | null,
): readonly ShownChannel[] {
  return channelsOf(field).map(channel => {
    const all = field.planes.filter(plane => plane.channel === channel)
    const came = all.find(plane => plane.planeId === asked && fits(plane, focus))
    if (came !== undefined) return { channel, planes: [came] }
    const current = all.filter(({ supersededBy }) => !all.some(p => p.planeId === supersededBy))
    return { channel, planes: inFocus(current, focus) }
  })
}

function fits(plane: PlaneRow, focus: Focus): boolean {
  if (focus.kind === 'maximum') return false
  return focus.kind === 'projection' ? plane.projection : !plane.projection && plane.z === focus.z
}

function inFocus(planes: readonly PlaneRow[], focus: Focus): readonly PlaneRow[] {
  const slices = planes.filter(({ projection }) => !projection)
  if (focus.kind === 'maximum' && slices.length > 0) return slices
  const fitting = planes.find(plane => fits(plane, focus))
  if (fitting !== undefined) return [fitting]
  if (focus.kind !== 'plane' || slices.length === 0) return planes.slice(0, 1)
  const distance = ({ z }: PlaneRow): number => Math.abs(z - focus.z)
  return [slices.reduce((best, plane) => (distance(plane) < distance(best) ? plane : best))]
}
