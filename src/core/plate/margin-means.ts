/** Means of rows and columns, where a plate shows that its edge is not as its middle. */
export interface MarginMeans {
  /** NaN for a row without values. */
  readonly rows: Float64Array
  readonly columns: Float64Array
}

/** @param values row by row; NaN where a well has none. */
export function marginMeans(values: Float64Array, columns: number): MarginMeans {
  const rows = values.length / columns
  const sums = { rows: new Float64Array(rows), columns: new Float64Array(columns) }
  const counts = { rows: new Float64Array(rows), columns: new Float64Array(columns) }
  for (const [i, value] of values.entries()) {
    if (!Number.isFinite(value)) continue
    const row = Math.floor(i / columns)
    const column = i % columns
    sums.rows[row]! += value
    counts.rows[row]! += 1
    sums.columns[column]! += value
    counts.columns[column]! += 1
  }
  return {
    rows: sums.rows.map((sum, i) => sum / counts.rows[i]!),
    columns: sums.columns.map((sum, i) => sum / counts.columns[i]!),
  }
}
