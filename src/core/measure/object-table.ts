/** Measures of the objects of one field, column by column; row i is object i + 1. */
export interface ObjectTable {
  readonly count: number
  readonly columns: readonly MeasureColumn[]
}

export interface MeasureColumn {
  /** As CellProfiler writes it, without the kind of object in front: `AreaShape_Area`. */
  readonly name: string
  /** NaN where the measure has no value for an object. */
  readonly values: Float64Array
}

/** Every measure that any of the tables has, in the order in which they first appear. */
export function measureNames(tables: readonly ObjectTable[]): readonly string[] {
  return [...new Set(tables.flatMap(({ columns }) => columns.map(({ name }) => name)))]
}

/** One measure over the objects of all tables, in their order; NaN for the objects of a table without it. */
export function joinColumn(tables: readonly ObjectTable[], name: string): Float64Array {
  const values = new Float64Array(tables.reduce((sum, { count }) => sum + count, 0))
  let at = 0
  for (const { count, columns } of tables) {
    const column = columns.find(column => column.name === name)
    if (column === undefined) values.fill(NaN, at, at + count)
    else values.set(column.values, at)
    at += count
  }
  return values
}
