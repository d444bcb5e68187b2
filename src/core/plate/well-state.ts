/** How a well stands, from nothing to worst. */
export const WELL_STATES = [
  'not-imaged',
  'missing',
  'pass',
  'waiting',
  'cannot-judge',
  'fail',
  'unreadable',
] as const

export type WellState = (typeof WELL_STATES)[number]

/** What is known about the planes of a well. */
export interface WellCounts {
  /** Null where nobody promised a number. */
  readonly expected: number | null
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
  /** Planes here, as a share of the expected ones; null where nobody promised a number. */
  readonly progress: number | null
  /** Planes that are here. */
  readonly arrived: number
  /** Imaged, looked at, and without objects. */
  readonly empty: boolean
}

/**
 * How a well stands: by its worst plane, and how many are like it.
 *
 * A well that is not in the index and has no plane was not imaged; one that is promised and has none is missing; one
 * of which a part is here and none is worse is waiting. Whether there is anything in it is another question.
 */
export function wellStanding(counts: WellCounts | null): WellStanding {
  if (counts === null) return NOT_IMAGED
  const { expected, states, objects } = counts
  const arrived = countArrived(states)
  const progress = expected === null || expected === 0 ? null : Math.min(1, arrived / expected)
  const all = Math.max(arrived, expected ?? 0)
  const standing = { progress, arrived, empty: arrived > 0 && objects === 0 }
  if (arrived === 0) {
    return all === 0 ? NOT_IMAGED : { ...standing, state: 'missing', share: 1 }
  }
  for (const state of ['unreadable', 'fail', 'cannot-judge'] as const) {
    if (states[state] > 0) return { ...standing, state, share: states[state] / all }
  }
  const waiting = states.waiting + (all - arrived)
  if (waiting > 0) return { ...standing, state: 'waiting', share: waiting / all }
  return { ...standing, state: 'pass', share: 1 }
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
  arrived: 0,
  empty: false,
})
