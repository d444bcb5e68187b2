import { takeMedian } from '../measure/median.ts'
import { joinColumn, measureNames, type ObjectTable } from '../measure/object-table.ts'
import { stage } from '../stage.ts'

/** The objects of a field, of a well's fields or of a plate's, in numbers. */
export interface Summary {
  readonly count: number
  readonly fields: number
  readonly measures: readonly MeasureSummary[]
}

/** One measure over all objects alike, whatever field they are in; null where no object has a value. */
export interface MeasureSummary {
  readonly name: string
  readonly mean: number | null
  readonly median: number | null
  /** Median absolute deviation from the median, as it is: not scaled to a standard deviation. */
  readonly mad: number | null
  /** Standard deviation of a sample, over n − 1; null for fewer than two objects. */
  readonly sd: number | null
  readonly min: number | null
  readonly max: number | null
  /** Objects without a finite value, left out of the numbers above. */
  readonly missing: number
}

/** Summarises objects over one field, over the fields of a well, or over all fields of a plate. */
export const aggregateObjects = stage({
  id: 'plate.aggregate',
  version: 2,
  defaults: {},
  run: aggregate,
})

function aggregate(tables: readonly ObjectTable[]): Summary {
  return {
    count: tables.reduce((sum, { count }) => sum + count, 0),
    fields: tables.length,
    measures: measureNames(tables).map(name => summarise(name, joinColumn(tables, name))),
  }
}

function summarise(name: string, column: Float64Array): MeasureSummary {
  const values = column.filter(Number.isFinite)
  const missing = column.length - values.length
  const nothing = { mean: null, median: null, mad: null, sd: null, min: null, max: null }
  if (values.length === 0) return { name, ...nothing, missing }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const sd = values.length < 2 ? null : Math.sqrt(squares / (values.length - 1))
  const min = values.reduce((least, value) => Math.min(least, value), Infinity)
  const max = values.reduce((most, value) => Math.max(most, value), -Infinity)
  const median = takeMedian(values)
  const mad = takeMedian(values.map(value => Math.abs(value - median)))
  return { name, mean, median, mad, sd, min, max, missing }
}
