import type { PlaneState } from '#contract/plates.ts'

/** How a plane stands, or a well that is promised and has none: as the window shows it. */
export type ShownState = PlaneState | 'missing'

/** A verdict in a word. */
export const STATE_WORDS: Readonly<Record<ShownState, string>> = {
  pass: 'pass',
  fail: 'fail',
  'cannot-judge': 'cannot judge',
  unreadable: 'unreadable',
  waiting: 'waiting',
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
