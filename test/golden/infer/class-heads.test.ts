import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fitHead, guessByHead } from '#core/infer/class-heads.ts'
import { fitLinear } from '#core/infer/linear-fit.ts'
import { leaveOneOut, tryHead } from '#core/infer/try-head.ts'

interface Golden {
  readonly heads: {
    readonly vectors: readonly (readonly number[])[]
    readonly labels: readonly number[]
    readonly asked: readonly (readonly number[])[]
    readonly spread: number
    readonly temperature: number
    readonly prototypes: readonly (readonly number[])[]
    readonly distances: readonly number[]
    readonly logistic: readonly (readonly number[])[]
    readonly leftOutRight: number
  }
  readonly linearFit: {
    readonly rows: readonly (readonly number[])[]
    readonly targets: readonly (readonly number[])[]
    readonly explained: readonly number[]
    readonly weights: readonly (readonly number[])[]
  }
}

const golden = JSON.parse(
  readFileSync(new URL('class_heads.json', import.meta.url), 'utf8'),
) as Golden

function largestOff(found: readonly number[], expected: readonly number[]): number {
  expect(found).toHaveLength(expected.length)
  return found.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0)
}

describe('heads against numpy and scipy', () => {
  const { vectors, labels, asked, ...expected } = golden.heads
  const examples = vectors.map((vector, i) => ({ vector, label: labels[i]! }))
  const names = ['a', 'b', 'c']

  test('of prototypes', () => {
    const head = fitHead(examples, names, 'prototypes')!
    expect(head.spread).toBeCloseTo(expected.spread, 6)
    expect(head.temperature).toBeCloseTo(expected.temperature, 4)
    const guesses = asked.map(vector => guessByHead(head, vector))
    const found = guesses.flatMap(({ probabilities }) => [...probabilities])
    expect(largestOff(found, expected.prototypes.flat())).toBeLessThan(1e-4)
    const distances = guesses.map(({ distance }) => distance)
    expect(largestOff(distances, expected.distances)).toBeLessThan(1e-5)
  })

  test('of logistic regression', () => {
    const head = fitHead(examples, names, 'logistic')!
    const found = asked.flatMap(vector => [...guessByHead(head, vector).probabilities])
    expect(largestOff(found, expected.logistic.flat())).toBeLessThan(1e-4)
  })

  test('are right as often about what they have not seen', () => {
    const { right } = tryHead(examples, leaveOneOut(30, 'prototypes'), 3, 'prototypes')
    expect(right).toBe(expected.leftOutRight)
    expect(right).toBeLessThan(30)
  })
})

test('linear fits and what they foretell, against fits without each row', () => {
  const { rows, targets, explained, weights } = golden.linearFit
  const asArrays = (lists: readonly (readonly number[])[]) =>
    lists.map(list => Float64Array.from(list))
  const fit = fitLinear(asArrays(rows), asArrays(targets))!
  expect(largestOff([...fit.explained], explained)).toBeLessThan(1e-9)
  expect(largestOff(fit.weights.flatMap(row => [...row]), weights.flat())).toBeLessThan(1e-9)
})

test('no fit is made of what is no number, or of next to nothing', () => {
  const row = Float64Array.of(1, 2)
  expect(fitLinear([row, row], [Float64Array.of(1, 2)])).toBeNull()
  expect(fitLinear([row, row, row], [Float64Array.of(1, 2, 3)])).toBeNull()
  const odd = [Float64Array.of(1, NaN), row, Float64Array.of(0, 0)]
  expect(fitLinear(odd, [Float64Array.of(1, 2, 3)])).toBeNull()
})
