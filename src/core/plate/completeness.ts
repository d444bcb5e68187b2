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
  const { passed, late } = absent === 0 || !begun ? NONE_PASSED : markLate(ledger, states)
  const all = begun && arrivals.length > 0
  // Where every turn is over nothing is awaited: only files that settle late may still come.
  const endsAt = all && passed === absent ? pace.lastAt + patience(pace) : quietAt
  const ended = done || (all && late === absent) || now >= endsAt
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
    endsAt: ended || !begun ? null : endsAt,
  }
}

const NONE_PASSED = { passed: 0, late: 0 } as const

/** Marks what is not here, and counts the planes whose turn is over, and those that are late because of it. */
function markLate(
  ledger: PlaneLedger,
  states: Uint8Array,
): { readonly passed: number; readonly late: number } {
  const { arrivals, pace, byKind, bySibling, wellOf, fieldOf } = ledger
  const passed = new Float64Array(arrivals.length).fill(Infinity)
  const { wells, fields } = ordersOf(ledger)
  for (const planes of bySibling) notePassed(planes, fieldOf, fields, arrivals, passed)
  for (const planes of byKind) notePassed(planes, wellOf, wells, arrivals, passed)
  const before = pace.lastAt - patience(pace)
  let late = 0
  let over = 0
  for (let i = 0; i < arrivals.length; i += 1) {
    if (!Number.isNaN(arrivals[i])) continue
    const isLate = passed[i]! <= before
    states[i] = isLate ? LATE : AWAITED
    if (isLate) late += 1
    if (passed[i]! < Infinity) over += 1
  }
  return { passed: over, late }
}

/** When places, wells or fields, were visited. */
interface VisitOrder {
  /** When its image of the one kind came by which all places are ordered; NaN for a place that lost it. */
  readonly visited: Float64Array
  /** When the first of a place's images came, which is in another round where it lost those of the first. */
  readonly begun: Float64Array
}

/** Notes of planes of one kind since when their turn is over. */
function notePassed(
  planes: Int32Array,
  placeOf: Int32Array,
  { visited, begun }: VisitOrder,
  arrivals: Float64Array,
  passed: Float64Array,
): void {
  let open = 0
  for (const plane of planes) {
    if (Number.isNaN(arrivals[plane]) && passed[plane] === Infinity) open += 1
  }
  if (open === 0 || open === planes.length) return
  const inOrder: number[] = []
  const moments: number[] = []
  let sorted = true
  for (const plane of planes) {
    const place = placeOf[plane]!
    const isHere = !Number.isNaN(arrivals[plane])
    const known = !Number.isNaN(visited[place])
    const moment = known ? visited[place]! : begun[place]!
    // A place that is not begun has its turn still to come; of one whose visit is not known another's turn cannot be told.
    if (Number.isNaN(moment) || (isHere && !known)) continue
    sorted &&= moments.length === 0 || moments.at(-1)! <= moment
    inOrder.push(plane)
    moments.push(moment)
  }
  const order = sorted ? inOrder : sortedBy(inOrder, moments)
  const since = turnsPassed(order.map(plane => arrivals[plane]!))
  for (const [i, plane] of order.entries()) {
    if (since[i]! < passed[plane]!) passed[plane] = since[i]!
  }
}

function sortedBy(planes: readonly number[], moments: readonly number[]): readonly number[] {
  return Array.from(planes.keys())
    .sort((a, b) => moments[a]! - moments[b]!)
    .map(i => planes[i]!)
}

/** The order of wells, and of fields in their wells, by a kind of image that most wells have. */
function ordersOf(ledger: PlaneLedger): {
  readonly wells: VisitOrder
  readonly fields: VisitOrder
} {
  const { arrivals, kinds, kindOf, wellOf, fieldOf, wellBegun, fieldBegun } = ledger
  const usual = firstUsualKind(ledger)
  const { channel, z, t, projection } = kinds[usual]!
  const isUsual = kinds.map(
    kind =>
      kind.channel === channel && kind.z === z && kind.t === t && kind.projection === projection,
  )
  const wells = new Float64Array(wellBegun.length).fill(NaN)
  const fields = new Float64Array(fieldBegun.length).fill(NaN)
  for (let i = 0; i < arrivals.length; i += 1) {
    const kind = kindOf[i]!
    if (kind === usual) wells[wellOf[i]!] = arrivals[i]!
    if (isUsual[kind]) fields[fieldOf[i]!] = arrivals[i]!
  }
  return {
    wells: { visited: wells, begun: wellBegun },
    fields: { visited: fields, begun: fieldBegun },
  }
}

/** Of the kinds of image that at least half as many places have as any kind the one that came first: of the first round. */
function firstUsualKind({ arrivals, kinds, kindOf }: PlaneLedger): number {
  const counts = new Uint32Array(kinds.length)
  const firsts = new Float64Array(kinds.length).fill(Infinity)
  for (let i = 0; i < arrivals.length; i += 1) {
    if (Number.isNaN(arrivals[i])) continue
    const kind = kindOf[i]!
    counts[kind]! += 1
    firsts[kind] = Math.min(firsts[kind]!, arrivals[i]!)
  }
  const most = counts.reduce((max, count) => Math.max(max, count), 0)
  let found = 0
  for (let kind = 0; kind < counts.length; kind += 1) {
    const isUsual = 2 * counts[kind]! >= most
    if (isUsual && (2 * counts[found]! < most || firsts[kind]! < firsts[found]!)) found = kind
  }
  return found
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
