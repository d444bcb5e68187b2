/**
 * The lower triangle L with L Lᵀ = matrix, row-major, for a symmetric positive definite matrix.
 *
 * Null where the matrix is not positive definite. Only its lower triangle is read.
 */
export function choleskyFactor(matrix: Float64Array, size: number): Float64Array | null {
  const factor = new Float64Array(size * size)
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = matrix[row * size + column]!
      for (let k = 0; k < column; k += 1) {
        sum -= factor[row * size + k]! * factor[column * size + k]!
      }
      if (row !== column) {
        factor[row * size + column] = sum / factor[column * size + column]!
        continue
      }
      if (!(sum > 0 && sum < Infinity)) return null
      factor[row * size + row] = Math.sqrt(sum)
    }
  }
  return factor
}

/** L⁻¹ v, by forward substitution. */
export function solveLower(factor: Float64Array, vector: ArrayLike<number>): Float64Array {
  const size = vector.length
  const out = new Float64Array(size)
  for (let row = 0; row < size; row += 1) {
    let sum = vector[row]!
    for (let k = 0; k < row; k += 1) sum -= factor[row * size + k]! * out[k]!
    out[row] = sum / factor[row * size + row]!
  }
  return out
}

/** (L Lᵀ)⁻¹ v. */
export function solveCholesky(factor: Float64Array, vector: ArrayLike<number>): Float64Array {
  const size = vector.length
  const out = solveLower(factor, vector)
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = out[row]!
    for (let k = row + 1; k < size; k += 1) sum -= factor[k * size + row]! * out[k]!
    out[row] = sum / factor[row * size + row]!
  }
  return out
}
