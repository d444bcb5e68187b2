import { steadyStart, watchDrift, type Drift } from '#core/quality/drift.ts'
import { learnBaseline, valueAtDeviation, type Baseline } from '#core/quality/baseline.ts'
import { METRIC_NAMES, type MetricName, type QualityMetrics } from '#core/quality/metrics.ts'
import { roleOf, type ChannelRule } from '#core/prepare/channel-roles.ts'
import type { QualityRule, QualitySettings } from '#core/quality/rules.ts'
import { filterRows } from './selected-rows.ts'
import { valuesOf, type JudgedTable } from './judged-table.ts'

/** One metric of one channel over the planes that count, in the order in which they were judged. */
export interface ChannelSeries {
  readonly channel: string
  /** Rows of the table on which the metric was measured. */
  readonly rows: Int32Array
  readonly values: Float64Array
  readonly control: ControlLimits | null
  readonly limits: readonly RuleLimit[]
  readonly drift: SeriesDrift | null
}

/** Where good planes lie: three robust standard deviations either side of the centre. */
export interface ControlLimits {
  readonly centre: number
  readonly low: number
  readonly high: number
  readonly from: 'recipe' | 'plate'
  /** How many planes it was learnt from. */
  readonly planes: number
}

/** A rule's limit as a value of the metric. */
export interface RuleLimit {
  readonly value: number
  readonly fails: QualityRule['fails']
  readonly reason: string
}

export interface SeriesDrift extends Drift {
  /** Index into the series: the first plane of the well where it began. */
  readonly sincePlane: number
}

/** What a recipe says about limits. */
export interface Judging {
  readonly quality: QualitySettings
  readonly channels: readonly ChannelRule[]
}

/** Planes that pass, from which a plate without a baseline learns its own. */
const LEARN_FROM = 50
/** Fewer planes say too little about what good ones look like. */
const LEARN_LEAST = 8
const CONTROL_WIDTH = 3
/** Wells that say where a drift would begin. */
const STEADY_WELLS = 20
/** Fewer wells do not say how much one differs from the next. */
const FEWEST_WELLS = 12

export function channelSeries(
  table: JudgedTable,
  channel: string,
  metric: MetricName,
  judging: Judging,
): ChannelSeries {
  const all = filterRows(table, { channel, state: null, reason: null })
  const column = valuesOf(table, metric, all)
  const rows = all.filter((_, i) => Number.isFinite(column[i]!))
  const values = column.filter(value => Number.isFinite(value))
  const baseline = judging.quality.baselines[channel]
  const control = recipeLimits(baseline, metric) ?? plateLimits(table, metric, rows, values)
  const limits = ruleLimits(judging, channel, metric)
  return { channel, rows, values, control, limits, drift: driftOf(table, rows, values, control) }
}

function recipeLimits(baseline: Baseline | undefined, metric: MetricName): ControlLimits | null {
  return baseline === undefined ? null : limitsOf(baseline, metric, 'recipe')
}

function limitsOf(
  baseline: Baseline,
  metric: MetricName,
  from: ControlLimits['from'],
): ControlLimits | null {
  const [low, centre, high] = [-CONTROL_WIDTH, 0, CONTROL_WIDTH].map(deviation =>
    valueAtDeviation(baseline, metric, deviation),
  )
  if (low === null || centre === null || high === null) return null
  return { centre: centre!, low: low!, high: high!, from, planes: baseline.planes }
}

function plateLimits(
  { state }: JudgedTable,
  metric: MetricName,
  rows: Int32Array,
  values: Float64Array,
): ControlLimits | null {
  const good: QualityMetrics[] = []
  for (let i = 0; i < rows.length && good.length < LEARN_FROM; i += 1) {
    if (state[rows[i]!] === 'pass') good.push({ ...UNMEASURED, [metric]: values[i]! })
  }
  return good.length < LEARN_LEAST ? null : limitsOf(learnBaseline(good), metric, 'plate')
}

const UNMEASURED = Object.fromEntries(METRIC_NAMES.map(name => [name, null])) as QualityMetrics

/** Limits of the rules for this metric that apply to the channel. */
function ruleLimits(
  { quality, channels }: Judging,
  channel: string,
  metric: MetricName,
): readonly RuleLimit[] {
  const role = roleOf(channel, channels) ?? 'nucleus'
  return quality.rules.flatMap(rule => {
    if (rule.metric !== metric || !rule.roles.includes(role)) return []
    const baseline = quality.baselines[channel]
    const value =
      rule.of === 'value'
        ? rule.limit
        : baseline === undefined
          ? null
          : valueAtDeviation(baseline, metric, rule.limit)
    return value === null ? [] : [{ value, fails: rule.fails, reason: rule.reason }]
  })
}

/**
 * Whether the channel drifts: by the medians of its wells in the order of imaging, because fields of one well
 * share its cells and are alike. Planes that do not pass are flagged already; they say nothing of the others.
 */
function driftOf(
  table: JudgedTable,
  rows: Int32Array,
  values: Float64Array,
  control: ControlLimits | null,
): SeriesDrift | null {
  const wells = new Map<string, { readonly first: number; readonly values: number[] }>()
  rows.forEach((row, i) => {
    if (table.state[row] !== 'pass') return
    const well = table.well[row] ?? table.place[row]!
    const known = wells.get(well)
    if (known === undefined) wells.set(well, { first: i, values: [values[i]!] })
    else known.values.push(values[i]!)
  })
  if (wells.size < FEWEST_WELLS) return null
  const groups = [...wells.values()]
  const medians = Float64Array.from(groups, group => middle(group.values))
  const steady = steadyStart(medians, STEADY_WELLS)
  const expected =
    control?.from === 'recipe' ? { ...steady, centre: control.centre, learntFrom: null } : steady
  const { drift } = watchDrift(medians, expected)
  return drift === null ? null : { ...drift, sincePlane: groups[drift.since]!.first }
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2
}
