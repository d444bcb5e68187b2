import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignRows } from '#core/review/assign.ts'

function bestSum(weights: readonly (readonly number[])[], taken: ReadonlySet<number>): number {
  const [row, ...rest] = weights
  if (row === undefined) return 0
  return Math.max(
    ...row.flatMap((weight, column) =>
      taken.has(column) ? [] : [weight + bestSum(rest, new Set([...taken, column]))],
    ),
  )
}

const squareOrWide = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 2 }))
  .chain(([rows, more]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 9 }), size(rows + more)), size(rows)),
  )

function size(n: number) {
  return { minLength: n, maxLength: n }
}

describe('assignRows', () => {
  test('gives up the heaviest cell where the two rows earn more without it', () => {
    expect([...assignRows([Float64Array.of(9, 8), Float64Array.of(7, 1)])]).toEqual([1, 0])
  })

  test('assigns nothing to nothing', () => {
    expect(assignRows([])).toHaveLength(0)
  })

  test('refuses more rows than columns', () => {
    expect(() => assignRows([Float64Array.of(1), Float64Array.of(1)])).toThrow(RangeError)
  })

  test('is as good as trying every assignment', () => {
    fc.assert(
      fc.property(squareOrWide, weights => {
        const columns = [...assignRows(weights.map(row => Float64Array.from(row)))]
        expect(new Set(columns).size).toBe(weights.length)
        const sum = columns.reduce((total, column, row) => total + weights[row]![column]!, 0)
        expect(sum).toBe(bestSum(weights, new Set()))
      }),
    )
  })
})
