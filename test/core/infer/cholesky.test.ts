import { expect, test } from 'vitest'
import { choleskyFactor, solveCholesky, solveLower } from '#core/infer/cholesky.ts'

/** 2 0 0; 1 3 0; −1 2 1 times its transpose. */
const matrix = Float64Array.of(4, 2, -2, 2, 10, 5, -2, 5, 6)

test('factors a positive definite matrix and solves with it', () => {
  const factor = choleskyFactor(matrix, 3)!
  expect([...factor]).toEqual([2, 0, 0, 1, 3, 0, -1, 2, 1])
  expect([...solveLower(factor, [2, 4, 2])]).toEqual([1, 1, 1])
  const solution = solveCholesky(factor, [4 + 4 - 6, 2 + 20 + 15, -2 + 10 + 18])
  for (const [i, value] of [1, 2, 3].entries()) expect(solution[i]).toBeCloseTo(value, 12)
})

test('has no factor of a matrix that is not positive definite', () => {
  expect(choleskyFactor(Float64Array.of(1, 2, 2, 1), 2)).toBeNull()
  expect(choleskyFactor(Float64Array.of(0), 1)).toBeNull()
  expect(choleskyFactor(Float64Array.of(NaN), 1)).toBeNull()
})
