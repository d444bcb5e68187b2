import type { PlaneState } from '#contract/plates.ts'

/**
 * How a plane or a well stands, as the window shows it. Planes of a well that were promised and are not here make it
 * `incomplete`; it is `missing` where none is. `waiting` is here and not judged yet.
 */
export type ShownState = PlaneState | 'incomplete' | 'missing'

/** A verdict in a word. */
export const STATE_WORDS: Readonly<Record<ShownState, string>> = {
  pass: 'pass',
  fail: 'fail',
  'cannot-judge': 'cannot judge',
  unreadable: 'unreadable',
  waiting: 'waiting',
  incomplete: 'incomplete',
  missing: 'not arrived',
}

/** Worst first: the order in which people look. */
export const STATES_WORST_FIRST: readonly PlaneState[] = [
  'unreadable',
  'fail',
  'cannot-judge',
  'waiting',
  'pass',
]

/** For sorting: the worst first. */
export function compareStates(a: PlaneState, b: PlaneState): number {
  return STATES_WORST_FIRST.indexOf(a) - STATES_WORST_FIRST.indexOf(b)
}
