import { expect, test } from 'vitest'
import { xoshiro128 } from '#core/simulate/xoshiro.ts'

test('gives the numbers of the authors’ C code for the state 1, 2, 3, 4', () => {
  const bits = xoshiro128(Uint32Array.of(1, 2, 3, 4))
  expect(Array.from({ length: 10 }, bits)).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
    4258142804,
  ])
})

test('does not stand still at the state in which the generator would', () => {
  const bits = xoshiro128(new Uint32Array(4))
  expect(new Set(Array.from({ length: 100 }, bits)).size).toBeGreaterThan(90)
})
