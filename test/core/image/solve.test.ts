import { expect, test } from 'vitest'
import { solve } from '#core/image/solve.ts'

test('three equations give three unknowns, whatever their order', () => {
  // 2y + z = 7, x + z = 4, 3x + y = 5
  const rows = [
    Float64Array.of(0, 2, 1, 7),
    Float64Array.of(1, 0, 1, 4),
    Float64Array.of(3, 1, 0, 5),
  ]
  expect(solve(rows).map(value => Math.round(1e9 * value) / 1e9)).toEqual([1, 2, 3])
})

test('what the equations leave open is zero', () => {
  expect(solve([Float64Array.of(2, 0, 6), Float64Array.of(0, 0, 0)])).toEqual([3, 0])
})
