import type { MetricName } from '#core/quality/metrics.ts'
import type { JudgedTable } from './judged-table.ts'
import type { Range } from './selected-rows.ts'

/** One of the parallel axes. */
export interface Axis {
  readonly metric: MetricName
  readonly min: number
  readonly max: number
  /** Height of each plane of the table on the axis, 0 at its foot to 1 at its head; NaN where not measured. */
  readonly heights: Float32Array
}

/** Axes over all planes that count, so that they stay while somebody narrows the view. */
export function axesOf(table: JudgedTable, metrics: readonly MetricName[]): readonly Axis[] {
  return metrics.map(metric => axisOf(table, metric))
}

function axisOf({ metrics, rows, place }: JudgedTable, metric: MetricName): Axis {
  const values = metrics[metric]
  let min = Infinity
  let max = -Infinity
  for (const row of rows) {
    const value = values?.[row] ?? NaN
    if (value < min) min = value
    if (value > max) max = value
  }
  if (min > max) [min, max] = [0, 1]
  const heights = new Float32Array(place.length)
  const span = max - min
  for (let row = 0; row < heights.length; row += 1) {
    const value = values?.[row] ?? NaN
    heights[row] = span === 0 ? value - value + 0.5 : (value - min) / span
  }
  return { metric, min, max, heights }
}

/** The range between two heights on an axis, in whichever order; open where it reaches beyond an end. */
export function rangeBetween({ min, max }: Axis, one: number, other: number): Range {
  const [low, high] = one < other ? [one, other] : [other, one]
  const valueAt = (height: number): number => rounded(min + height * (max - min), max - min)
  return { min: low <= 0 ? null : valueAt(low), max: high >= 1 ? null : valueAt(high) }
}

/** Where a range lies on an axis. */
export function heightsOf(
  { min, max }: Axis,
  range: Range,
): { readonly low: number; readonly high: number } {
  const span = max - min
  const heightOf = (value: number): number =>
    span === 0 ? 0.5 : Math.max(0, Math.min(1, (value - min) / span))
  return {
    low: range.min === null ? 0 : heightOf(range.min),
    high: range.max === null ? 1 : heightOf(range.max),
  }
}

/** A drag is no finer than a thousandth of the axis: numbers that people can read. */
function rounded(value: number, span: number): number {
  if (span === 0) return value
  const digits = Math.max(0, Math.ceil(3 - Math.log10(span)))
  return Number(value.toFixed(Math.min(digits, 20)))
}
