import type { PlaneState, PlateSummary } from '#contract/plates.ts'
import { arrivedOf } from '#core/plate/well-state.ts'
import type { JudgedTable } from './judged-table.ts'

/** What the head of the dashboard says. */
export interface Figures {
  readonly expected: number | null
  readonly arrived: number
  /** Promised planes that did not come yet; null where nobody promised a number. */
  readonly notArrived: number | null
  readonly judged: number
  readonly states: Readonly<Record<PlaneState, number>>
  /** Planes judged in the minute before now. */
  readonly perMinute: number
  /** Null where nobody knows what is expected, nothing is left, or nothing moves. */
  readonly secondsLeft: number | null
}

const MINUTE = 60_000

export function figuresOf(
  summary: Pick<PlateSummary, 'expected' | 'states'>,
  { judgedAt }: Pick<JudgedTable, 'judgedAt'>,
  now: number,
): Figures {
  const { expected, states } = summary
  const arrived = arrivedOf(summary)
  const notArrived = expected === null ? null : Math.max(0, expected - arrived)
  const judged = states.pass + states.fail + states['cannot-judge']
  const perMinute = judgedSince(judgedAt, now - MINUTE)
  const left = expected === null ? 0 : expected - judged - states.unreadable
  const secondsLeft = left <= 0 || perMinute === 0 ? null : (left / perMinute) * 60
  return { expected, arrived, notArrived, judged, states, perMinute, secondsLeft }
}

/** From the newest back, as they come in the order in which they were judged but for a few. */
function judgedSince(judgedAt: readonly number[], since: number): number {
  let count = 0
  for (let i = judgedAt.length - 1; i >= 0; i -= 1) {
    // Workers end in another order than they are recorded in, by seconds at most.
    if (judgedAt[i]! < since - MINUTE) break
    if (judgedAt[i]! >= since) count += 1
  }
  return count
}
