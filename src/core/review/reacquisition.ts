import { comparePlaces, type ImagePlace } from '../plate/place-order.ts'

export type ReacquisitionReason = 'decided' | 'flagged' | 'unreadable' | 'missing'
export type JudgedState = 'waiting' | 'pass' | 'fail' | 'cannot-judge' | 'unreadable'

/** A plane as it stands, whether it still counts or was imaged again. */
export interface StandingPlane extends ImagePlace {
  readonly channel: string
  readonly state: JudgedState
  readonly reasons: readonly string[]
  readonly decision: { readonly word: string; readonly by: string; readonly note: string } | null
  /** How the newest image of the same place stands; null where this is the newest. */
  readonly newest: JudgedState | null
}

export interface MissingPlane extends ImagePlace {
  readonly channel: string
}

/** Something to image again, channel by channel at one place. */
export interface Reacquisition extends ImagePlace {
  readonly channels: readonly string[]
  readonly reasons: readonly string[]
  readonly because: ReacquisitionReason
  readonly by: string | null
  readonly note: string
  /** `open`, or how the newer image stands. */
  readonly state: 'open' | JudgedState
}

/**
 * What to image again on a plate: what somebody asked for, what is flagged and nobody has looked at, what
 * cannot be read, and what is missing. What has been imaged again since is closed and stays on the list.
 *
 * Open ones come first, each part along the plate; planes of one place with one reason to be here are one item.
 */
export function listReacquisitions(
  planes: readonly StandingPlane[],
  missing: readonly MissingPlane[],
): readonly Reacquisition[] {
  const single = [
    ...planes.flatMap(plane => {
      const because = whyAgain(plane)
      return because === null ? [] : [itemOf(plane, because)]
    }),
    ...missing.map(({ channel, ...place }) => ({
      ...placeOf(place),
      channels: [channel],
      reasons: [],
      because: 'missing' as const,
      by: null,
      note: '',
      state: 'open' as const,
    })),
  ]
  const groups = Map.groupBy(single, ({ well, site, z, t, because, by, note, state }) =>
    JSON.stringify([well, site, z, t, because, by, note, state]),
  )
  return [...groups.values()].map(join).sort(compareItems)
}

/** Accepting or rejecting a plane settles it, and so does not being sure: somebody has looked. */
function whyAgain({ decision, state }: StandingPlane): ReacquisitionReason | null {
  if (decision !== null) return decision.word === 'reimage' ? 'decided' : null
  if (state === 'unreadable') return 'unreadable'
  return state === 'fail' || state === 'cannot-judge' ? 'flagged' : null
}

function itemOf(plane: StandingPlane, because: ReacquisitionReason): Reacquisition {
  const { channel, reasons, decision, newest } = plane
  return {
    ...placeOf(plane),
    channels: [channel],
    reasons,
    because,
    by: decision?.by ?? null,
    note: decision?.note ?? '',
    state: newest ?? 'open',
  }
}

function placeOf({ well, site, z, t }: ImagePlace): ImagePlace {
  return { well, site, z, t }
}

function join(items: readonly Reacquisition[]): Reacquisition {
  const channels = [...new Set(items.flatMap(item => item.channels))]
  const reasons = [...new Set(items.flatMap(item => item.reasons))]
  return { ...items[0]!, channels, reasons }
}

const BECAUSE: readonly ReacquisitionReason[] = ['decided', 'unreadable', 'flagged', 'missing']

function compareItems(a: Reacquisition, b: Reacquisition): number {
  return (
    Number(a.state !== 'open') - Number(b.state !== 'open') ||
    comparePlaces(a, b) ||
    BECAUSE.indexOf(a.because) - BECAUSE.indexOf(b.because)
  )
}
