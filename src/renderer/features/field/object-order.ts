import type { ObjectColumns } from '#contract/fields.ts'

/** By which column a table of objects is sorted; null is by the object's number. */
export interface ObjectOrder {
  readonly column: string | null
  readonly descending: boolean
}

/** Rows of objects (counted from 0) in order; those without a value come last whichever way. */
export function sortedObjects(objects: ObjectColumns, order: ObjectOrder): readonly number[] {
  const rows = Array.from({ length: objects.count }, (_, row) => row)
  const sign = order.descending ? -1 : 1
  if (order.column === null) return order.descending ? rows.reverse() : rows
  const values = objects.columns.find(({ name }) => name === order.column)?.values
  if (values === undefined) return rows
  return rows.sort((a, b) => {
    const [left, right] = [values[a] ?? null, values[b] ?? null]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    return sign * (left - right) || a - b
  })
}

/** The other way round for the same column; a new one begins with its largest. */
export function nextOrder(order: ObjectOrder, column: string | null): ObjectOrder {
  if (order.column === column) return { column, descending: !order.descending }
  return { column, descending: column !== null }
}

/** Where an object is, in image pixels; null where its place was not measured. */
export function placeOfObject(objects: ObjectColumns, row: number) {
  const at = (axis: 'X' | 'Y'): number | null =>
    objects.columns.find(({ name }) => name === `Location_Center_${axis}`)?.values[row] ?? null
  const [x, y] = [at('X'), at('Y')]
  return x === null || y === null ? null : { x: x + 0.5, y: y + 0.5 }
}
