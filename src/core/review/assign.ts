/**
 * The assignment of rows to columns with the largest sum of weights (Kuhn 1955, with the potentials
 * and shortest augmenting paths of Jonker and Volgenant 1987).
 *
 * @param weights one list per row, all of one length, at least as many columns as rows; none negative.
 * @returns for each row its column; every row gets one, if need be with weight 0.
 */
export function assignRows(weights: readonly Float64Array[]): Int32Array {
  const rows = weights.length
  const columns = weights[0]?.length ?? 0
  if (rows > columns)
    throw new RangeError(`${rows} rows cannot each have one of ${columns} columns`)
  const rowPotential = new Float64Array(rows)
  const columnPotential = new Float64Array(columns)
  const rowOfColumn = new Int32Array(columns).fill(-1)

  for (let start = 0; start < rows; start += 1) {
    const distance = new Float64Array(columns).fill(Infinity)
    const previousColumn = new Int32Array(columns).fill(-1)
    const settled = new Uint8Array(columns)
    let column = -1
    let row = start
    while (row !== -1) {
      const reached = column === -1 ? 0 : distance[column]!
      let nearest = -1
      for (let j = 0; j < columns; j += 1) {
        if (settled[j] === 1) continue
        const step = -weights[row]![j]! - rowPotential[row]! - columnPotential[j]!
        if (reached + step < distance[j]!) {
          distance[j] = reached + step
          previousColumn[j] = column
        }
        if (nearest === -1 || distance[j]! < distance[nearest]!) nearest = j
      }
      settled[nearest] = 1
      column = nearest
      row = rowOfColumn[column]!
    }

    const length = distance[column]!
    rowPotential[start]! += length
    for (let j = 0; j < columns; j += 1) {
      if (settled[j] === 0 || j === column) continue
      const slack = length - distance[j]!
      columnPotential[j]! -= slack
      rowPotential[rowOfColumn[j]!]! += slack
    }
    while (column !== -1) {
      const before = previousColumn[column]!
      rowOfColumn[column] = before === -1 ? start : rowOfColumn[before]!
      column = before
    }
  }

  const columnOfRow = new Int32Array(rows)
  rowOfColumn.forEach((row, column) => {
    if (row !== -1) columnOfRow[row] = column
  })
  return columnOfRow
}
