/**
 * Solves linear equations by Gauss's elimination with pivots; each row ends with its right-hand side.
 *
 * What the equations leave open is 0. The rows are used up.
 */
export function solve(rows: Float64Array[]): number[] {
  const size = rows.length
  for (let column = 0; column < size; column += 1) {
    let pivot = column
    for (let i = column + 1; i < size; i += 1) {
      if (Math.abs(rows[i]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = i
    }
    ;[rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!]
    const top = rows[column]!
    if (top[column] === 0) continue
    for (let i = 0; i < size; i += 1) {
      if (i === column) continue
      const factor = rows[i]![column]! / top[column]!
      for (let j = column; j <= size; j += 1) rows[i]![j]! -= factor * top[j]!
    }
  }
  return rows.map((row, i) => (row[i] === 0 ? 0 : row[size]! / row[i]!))
}
