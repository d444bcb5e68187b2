import { describe, expect, test } from 'vitest'
import { mostTypical } from '#core/quality/typical.ts'

describe('the most typical of several planes', () => {
  test('is the one in the middle of every measure', () => {
    expect(
      mostTypical([
        [1, 50],
        [2, 70],
        [2.1, 60],
        [9, 61],
      ]),
    ).toBe(2)
  })

  test('is found whatever the units of a measure', () => {
    const planes = [
      [1, 5],
      [2, 7],
      [3, 6],
    ] as const
    expect(mostTypical(planes)).toBe(mostTypical(planes.map(([a, b]) => [a * 1e6, b / 1e6])))
  })

  test('is judged by the measures that it has', () => {
    expect(
      mostTypical([
        [null, 5],
        [4, null],
        [null, null],
        [900, 40],
        [5, 6],
      ]),
    ).not.toBe(2)
  })

  test('is the first of planes that are all alike', () => {
    expect(mostTypical([[3], [3], [3]])).toBe(0)
  })

  test('is none where nothing was measured', () => {
    expect(mostTypical([])).toBeNull()
    expect(mostTypical([[null], []])).toBeNull()
  })
})
