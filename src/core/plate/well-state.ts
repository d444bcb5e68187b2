/** How a well stands, from nothing to worst. */
export const WELL_STATES = [
  'not-imaged',
  'missing',
  'pass',
  'waiting',
  'incomplete',
  'cannot-judge',
  'fail',
  'unreadable',
] as const

export type WellState = (typeof WELL_STATES)[number]

/** What is known about the planes of a well. */
export interface WellCounts {
  /** Null where nobody promised a number. */
  readonly expected: number | null
  /** Promised planes that came, where somebody has told them from others; else all that are here count. */
  readonly arrived?: number | undefined
  /** Planes that count, by how they stand. */
  readonly states: Readonly<
    Record<'waiting' | 'pass' | 'fail' | 'cannot-judge' | 'unreadable', number>
  >
  /** Null where none were looked for. */
  readonly objects: number | null
}

export interface WellStanding {
  readonly state: WellState
  /** Planes in that state, as a share of those that are expected or here: 1 where all are. */
  readonly share: number
  /** Promised planes that came, as a share of all promised ones; null where nobody promised a number. */
  readonly progress: number | null
  /** Planes that are here, promised or not. */
  readonly here: number
  /** Promised planes that came; all that are here where nobody promised a number. */
  readonly arrived: number
  /** Imaged, looked at, and without objects. */
  readonly empty: boolean
}

/**
 * How a well stands: by its worst plane, and how many are like it.
 *
 * A well that is not in the index and has no plane was not imaged; one that is promised and has none is missing; one
 * of which promised planes are not here is incomplete, unless one that is here is worse; one that is all here and not
 * judged yet is waiting. Whether there is anything in it is another question.
 */
export function wellStanding(counts: WellCounts | null): WellStanding {
  if (counts === null) return NOT_IMAGED
  const { expected, states, objects } = counts
  const here = countArrived(states)
  const arrived = expected === null ? here : arrivedOf(counts)
  const progress = expected === null || expected === 0 ? null : Math.min(1, arrived / expected)
  const absent = Math.max(0, (expected ?? 0) - arrived)
  const all = here + absent
  const standing = { progress, here, arrived, empty: here > 0 && objects === 0 }
  if (here === 0) {
    return all === 0 ? NOT_IMAGED : { ...standing, state: 'missing', share: 1 }
  }
  for (const state of ['unreadable', 'fail', 'cannot-judge'] as const) {
    if (states[state] > 0) return { ...standing, state, share: states[state] / all }
  }
  if (absent > 0) return { ...standing, state: 'incomplete', share: absent / all }
  if (states.waiting > 0) return { ...standing, state: 'waiting', share: states.waiting / all }
  return { ...standing, state: 'pass', share: 1 }
}

/** Promised planes that came; all that are here where nobody has told them apart. */
export function arrivedOf({ arrived, states }: Pick<WellCounts, 'arrived' | 'states'>): number {
  return arrived ?? countArrived(states)
}

/** Planes that are here, however they stand. */
export function countArrived(states: WellCounts['states']): number {
  return states.waiting + states.pass + states.fail + states['cannot-judge'] + states.unreadable
}

/** Planes that fail, or of which nobody can say that they pass. */
export function countNotPassed(states: WellCounts['states']): number {
  return states.fail + states['cannot-judge'] + states.unreadable
}

const NOT_IMAGED: WellStanding = Object.freeze({
  state: 'not-imaged',
  share: 1,
  progress: null,
  here: 0,
  arrived: 0,
  empty: false,
})
