import type { PlaneLedger } from './plane-ledger.ts'
import { patience, quietTime } from './run-pace.ts'
import { turnsPassed } from './turns-passed.ts'

/**
 * How a promised plane stands: here; its turn has not come; the instrument has gone on without it; the run has ended
 * without it. From best to worst.
 */
export const ARRIVAL_STATES = ['here', 'awaited', 'late', 'missing'] as const
export type ArrivalState = (typeof ARRIVAL_STATES)[number]

/** How far a run has come. */
export interface RunCompleteness {
  readonly going: 'unbegun' | 'on' | 'ended'
  /** By plane of the ledger: places in ARRIVAL_STATES. */
  readonly states: Uint8Array
  /** Promised planes by how they stand. */
  readonly counts: Readonly<Record<ArrivalState, number>>
  /** When its last plane came, milliseconds since 1970; null before the first. */
  readonly lastAt: number | null
  /** When it counts as ended if nothing comes any more; null where that changes nothing. */
  readonly endsAt: number | null
}

/** Places in ARRIVAL_STATES. */
const AWAITED = 1
const LATE = 2
const MISSING = 3

/**
 * What of a run is here, to be awaited, late or missing, told by the order in which planes came and by nothing else.
 * Of a run that promises nothing it is told whether it goes on.
 *
 * @param now milliseconds since 1970
 * @param done whether the instrument has said that it has finished
 */
export function measureRun(ledger: PlaneLedger, now: number, done: boolean): RunCompleteness {
  const { arrivals, arrived, pace } = ledger
  const states = new Uint8Array(arrivals.length)
  const begun = !Number.isNaN(pace.lastAt)
  const absent = arrivals.length - arrived
  const quietAt = begun ? pace.lastAt + quietTime(pace, restsUnknown(ledger)) : Infinity
  const passedBy = absent === 0 || !begun ? 0 : markLate(ledger, states)
  const nothingAwaited = begun && arrivals.length > 0 && passedBy === absent
  const ended = done || nothingAwaited || now >= quietAt
  if (ended) for (let i = 0; i < states.length; i += 1) if (states[i]! > 0) states[i] = MISSING
  if (!begun) states.fill(ended ? MISSING : AWAITED)
  const tally = [0, 0, 0, 0]
  for (const state of states) tally[state]! += 1
  return {
    going: ended ? 'ended' : begun ? 'on' : 'unbegun',
    states,
    counts: {
      here: tally[0]!,
      awaited: tally[AWAITED]!,
      late: tally[LATE]!,
      missing: tally[MISSING]!,
    },
    lastAt: begun ? pace.lastAt : null,
    endsAt: ended || !begun ? null : quietAt,
  }
}

/** Marks what is not here, and gives the number of planes that are late. */
function markLate(ledger: PlaneLedger, states: Uint8Array): number {
  const { arrivals, pace, byKind, bySibling, wellOf, fieldOf, wellBegun, fieldBegun } = ledger
  const passed = new Float64Array(arrivals.length).fill(Infinity)
  const ranks = ranksOf(wellBegun)
  for (const planes of bySibling) {
    notePassed(planes, arrivals, plane => fieldBegun[fieldOf[plane]!]!, passed)
  }
  for (const planes of byKind) notePassed(planes, arrivals, plane => ranks[wellOf[plane]!]!, passed)
  const before = pace.lastAt - patience(pace)
  let late = 0
  for (let i = 0; i < arrivals.length; i += 1) {
    if (!Number.isNaN(arrivals[i])) continue
    const isLate = passed[i]! <= before
    states[i] = isLate ? LATE : AWAITED
    if (isLate) late += 1
  }
  return late
}

/** Notes of planes of one kind since when their turn is over, where their places come in the order of `rankOf`. */
function notePassed(
  planes: Int32Array,
  arrivals: Float64Array,
  rankOf: (plane: number) => number,
  passed: Float64Array,
): void {
  let open = 0
  for (const plane of planes)
    if (Number.isNaN(arrivals[plane]) && passed[plane] === Infinity) open += 1
  if (open === 0 || open === planes.length) return
  // A place that is not begun has its turn still to come.
  const inOrder: number[] = []
  let sorted = true
  let last = -Infinity
  for (const plane of planes) {
    const rank = rankOf(plane)
    if (Number.isNaN(rank)) continue
    sorted &&= last <= rank
    last = rank
    inOrder.push(plane)
  }
  if (!sorted) inOrder.sort((a, b) => rankOf(a) - rankOf(b))
  const moments = turnsPassed(inOrder.map(plane => arrivals[plane]!))
  for (const [i, plane] of inOrder.entries()) {
    if (moments[i]! < passed[plane]!) passed[plane] = moments[i]!
  }
}

/** By well its place in the order in which wells were begun; NaN for one that was not. */
function ranksOf(begun: Float64Array): Float64Array {
  const order = Array.from(begun.keys()).filter(well => !Number.isNaN(begun[well]))
  order.sort((a, b) => begun[a]! - begun[b]!)
  const ranks = new Float64Array(begun.length).fill(NaN)
  for (const [rank, well] of order.entries()) ranks[well] = rank
  return ranks
}

/** Whether time points are still to come, and too few have begun to tell how long the instrument rests between them. */
function restsUnknown({ kinds, byKind, kindOf, arrivals }: PlaneLedger): boolean {
  const times = new Set(kinds.map(({ t }) => t))
  if (times.size < 2) return false
  const begun = new Set<number>()
  for (const planes of byKind) {
    const { t } = kinds[kindOf[planes[0]!]!]!
    if (!begun.has(t) && planes.some(plane => !Number.isNaN(arrivals[plane]))) begun.add(t)
  }
  return begun.size < 3 && begun.size < times.size
}
