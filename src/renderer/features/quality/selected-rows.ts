import type { PlaneState } from '#contract/plates.ts'
import type { MetricName } from '#core/quality/metrics.ts'
import { compareStates } from '../../lib/state-words.ts'
import type { JudgedTable } from './judged-table.ts'

/** Both ends count; null is open. */
export interface Range {
  readonly min: number | null
  readonly max: number | null
}

export interface RowFilter {
  /** Null lets all channels through; so for the others. */
  readonly channel: string | null
  readonly state: PlaneState | null
  readonly reason: string | null
}

export type Ranges = Readonly<Partial<Record<MetricName, Range>>>

export interface ReasonCount {
  readonly reason: string
  readonly state: PlaneState
  readonly planes: number
}

/** Planes that count and pass the filter. */
export function filterRows(table: JudgedTable, filter: RowFilter): Int32Array {
  const { channel, state, reason } = filter
  if (channel === null && state === null && reason === null) return table.rows
  return table.rows.filter(
    row =>
      (channel === null || table.channel[row] === channel) &&
      (state === null || table.state[row] === state) &&
      (reason === null || table.reasons[row]!.split(',').includes(reason)),
  )
}

/** Those of the rows whose metrics lie in every range; what was not measured lies in none. */
export function brushRows(table: JudgedTable, rows: Int32Array, ranges: Ranges): Int32Array {
  const brushes = Object.entries(ranges).map(([name, { min, max }]) => ({
    values: table.metrics[name as MetricName],
    min: min ?? -Infinity,
    max: max ?? Infinity,
  }))
  if (brushes.length === 0) return rows
  return rows.filter(row =>
    brushes.every(({ values, min, max }) => {
      const value = values?.[row] ?? NaN
      return value >= min && value <= max
    }),
  )
}

/** Why planes do not pass, the commonest first; each with the worst verdict it leads to. */
export function countReasons(table: JudgedTable, rows: Int32Array): readonly ReasonCount[] {
  const counts = new Map<string, Omit<ReasonCount, 'reason'>>()
  for (const row of rows) {
    const reasons = table.reasons[row]!
    if (reasons === '') continue
    for (const reason of reasons.split(',')) {
      const state = table.state[row]!
      const known = counts.get(reason) ?? { state, planes: 0 }
      const worse = compareStates(state, known.state) < 0
      counts.set(reason, { state: worse ? state : known.state, planes: known.planes + 1 })
    }
  }
  return [...counts]
    .map(([reason, count]) => ({ reason, ...count }))
    .sort((a, b) => b.planes - a.planes || a.reason.localeCompare(b.reason))
}

export type SortKey = 'judged' | 'place' | 'channel' | 'state' | MetricName

/** The rows in another order; what was not measured comes last either way. */
export function sortRows(
  table: JudgedTable,
  rows: Int32Array,
  key: SortKey,
  descending: boolean,
): Int32Array {
  const direction = descending ? -1 : 1
  const compare = comparison(table, key)
  return rows.slice().sort((a, b) => compare(a, b, direction) || a - b)
}

const COLLATOR = new Intl.Collator('en', { numeric: true })

type Comparison = (a: number, b: number, direction: number) => number

function comparison(table: JudgedTable, key: SortKey): Comparison {
  if (key === 'judged') return (a, b, direction) => direction * (a - b)
  if (key === 'place') return byWords(table, comparePlaces)
  if (key === 'channel') return byWords(table, compareChannels)
  if (key === 'state') return byWords(table, compareVerdicts)
  return byMetric(table, key)
}

function byWords(
  table: JudgedTable,
  compare: (table: JudgedTable, a: number, b: number) => number,
): Comparison {
  return (a, b, direction) => direction * compare(table, a, b)
}

function comparePlaces({ well, site }: JudgedTable, a: number, b: number): number {
  return COLLATOR.compare(well[a] ?? '', well[b] ?? '') || (site[a] ?? 0) - (site[b] ?? 0)
}

function compareChannels({ channel }: JudgedTable, a: number, b: number): number {
  return COLLATOR.compare(channel[a]!, channel[b]!)
}

function compareVerdicts({ state, reasons }: JudgedTable, a: number, b: number): number {
  return compareStates(state[a]!, state[b]!) || COLLATOR.compare(reasons[a]!, reasons[b]!)
}

function byMetric(table: JudgedTable, metric: MetricName): Comparison {
  const values = table.metrics[metric]
  return (a, b, direction) => {
    const left = values?.[a] ?? NaN
    const right = values?.[b] ?? NaN
    const unmeasured = Number(Number.isNaN(left)) - Number(Number.isNaN(right))
    return Number.isNaN(left) || Number.isNaN(right) ? unmeasured : direction * (left - right)
  }
}
