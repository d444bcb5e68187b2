import type { MetricName } from '#core/quality/metrics.ts'
import type { Range, Ranges, RowFilter, SortKey } from './selected-rows.ts'

/** What somebody chose to look at. */
export interface Selection {
  /** Of the control charts. */
  readonly metric: MetricName
  readonly along: 'time' | 'order'
  /** Of the parallel axes, from left to right. */
  readonly axes: readonly MetricName[]
  readonly filter: RowFilter
  readonly ranges: Ranges
  readonly sort: { readonly key: SortKey; readonly descending: boolean }
}

export type SelectionEvent =
  | { readonly type: 'metric-chosen'; readonly metric: MetricName }
  | { readonly type: 'along-chosen'; readonly along: Selection['along'] }
  | { readonly type: 'axis-switched'; readonly metric: MetricName }
  | { readonly type: 'filtered'; readonly filter: Partial<RowFilter> }
  | { readonly type: 'brushed'; readonly metric: MetricName; readonly range: Range | null }
  | { readonly type: 'cleared' }
  | { readonly type: 'sorted'; readonly key: SortKey }

export const FEWEST_AXES = 2
export const MOST_AXES = 8

const NO_FILTER: RowFilter = { channel: null, state: null, reason: null }

export const FIRST_SELECTION: Selection = {
  metric: 'edge_sharpness',
  along: 'order',
  axes: [
    'edge_sharpness',
    'edge_blurred_share',
    'edge_anisotropy',
    'saturated_fraction',
    'background_level',
    'illumination_unevenness',
    'foreground_fraction',
  ],
  filter: NO_FILTER,
  ranges: {},
  sort: { key: 'judged', descending: true },
}

export function reduceSelection(selection: Selection, event: SelectionEvent): Selection {
  switch (event.type) {
    case 'metric-chosen':
      return { ...selection, metric: event.metric }
    case 'along-chosen':
      return { ...selection, along: event.along }
    case 'axis-switched':
      return switchAxis(selection, event.metric)
    case 'filtered':
      return { ...selection, filter: { ...selection.filter, ...event.filter } }
    case 'brushed':
      return { ...selection, ranges: brush(selection.ranges, event.metric, event.range) }
    case 'cleared':
      return { ...selection, filter: NO_FILTER, ranges: {} }
    case 'sorted':
      return { ...selection, sort: turn(selection.sort, event.key) }
  }
}

/** Whether anything narrows the planes that are shown. */
export function isNarrowed({ filter, ranges }: Selection): boolean {
  return Object.values(filter).some(value => value !== null) || Object.keys(ranges).length > 0
}

/** Metrics that have to be asked for. */
export function metricsOf({ metric, axes }: Selection): readonly MetricName[] {
  return [...new Set([metric, ...axes])]
}

/** A brush goes with its axis: nothing may be left out by what cannot be seen. */
function switchAxis(selection: Selection, metric: MetricName): Selection {
  const { axes, ranges } = selection
  if (!axes.includes(metric)) {
    return axes.length >= MOST_AXES ? selection : { ...selection, axes: [...axes, metric] }
  }
  if (axes.length <= FEWEST_AXES) return selection
  return {
    ...selection,
    axes: axes.filter(axis => axis !== metric),
    ranges: brush(ranges, metric, null),
  }
}

function brush(ranges: Ranges, metric: MetricName, range: Range | null): Ranges {
  const others = Object.entries(ranges).filter(([name]) => name !== metric)
  const open = range === null || (range.min === null && range.max === null)
  return Object.fromEntries(open ? others : [...others, [metric, range]])
}

/** The same column again turns the order round; numbers begin with the largest, words with the first. */
function turn(sort: Selection['sort'], key: SortKey): Selection['sort'] {
  if (sort.key === key) return { key, descending: !sort.descending }
  const words: readonly SortKey[] = ['place', 'channel', 'state']
  return { key, descending: !words.includes(key) }
}
