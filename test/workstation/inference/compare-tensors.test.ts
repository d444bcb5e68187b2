import { describe, expect, test } from 'vitest'
import type { Tolerance } from '../../../src/core/infer/model-description.ts'
import { compareTensors } from '../../../src/workstation/inference/compare-tensors.ts'

function tensor(...values: readonly number[]) {
  return { data: Float32Array.from(values), dims: [values.length] }
}

const strict: Tolerance = { relative: 0, absolute: 0, mismatchedPerMillion: 0, outputs: [] }

describe('an output', () => {
  test.each([
    { name: 'equal', got: [1, 2], passed: true, mismatched: 0, worst: 0 },
    {
      name: 'within absolute + relative · |expected|',
      got: [1.125, 2.25],
      passed: true,
      mismatched: 0,
      worst: 0.25,
    },
    { name: 'off by more', got: [1.25, 2], passed: false, mismatched: 1, worst: 0.25 },
    { name: 'not a number', got: [NaN, 2], passed: false, mismatched: 1, worst: null },
    { name: 'infinite', got: [1, Infinity], passed: false, mismatched: 1, worst: null },
  ])('that is $name', ({ got, passed, mismatched, worst }) => {
    const tolerance = { ...strict, relative: 0.0625, absolute: 0.125 }
    const comparison = compareTensors('y', tensor(1, 2), tensor(...got), [tolerance])
    expect(comparison).toMatchObject({ passed, mismatched, worst, compared: 2 })
  })

  test('may hold the same values that are no numbers', () => {
    const odd = tensor(NaN, Infinity, -Infinity)
    expect(compareTensors('y', odd, odd, [strict])).toMatchObject({ passed: true, worst: 0 })
  })

  test.each([
    { perMillion: 249_999, passed: false },
    { perMillion: 250_000, passed: true },
  ])('may be off in $perMillion of a million values', ({ perMillion, passed }) => {
    const tolerance = { ...strict, mismatchedPerMillion: perMillion }
    const comparison = compareTensors('y', tensor(1, 2, 3, 4), tensor(1, 2, 3, 9), [tolerance])
    expect(comparison).toMatchObject({ passed, mismatched: 1, worst: 5 })
  })

  test('is judged by the first tolerance that is for it', () => {
    const others = { ...strict, absolute: 9, outputs: ['z'] }
    const own = { ...strict, absolute: 0.5, outputs: ['z', 'y'] }
    const all = { ...strict, absolute: 9 }
    const compared = compareTensors('y', tensor(1), tensor(2), [others, own, all])
    expect(compared).toMatchObject({ passed: false, tolerance: own })
  })

  test('is said to be off by a number for people', () => {
    const { why, worst } = compareTensors('y', tensor(0.1), tensor(0.35), [strict])
    expect(worst).not.toBe(0.25)
    expect(why).toBe('1 of 1 values are off, by up to 0.25')
    expect(compareTensors('y', tensor(1), tensor(NaN), [strict]).why).toMatch(/by up to ∞$/)
  })

  test('of another shape is wrong whatever its values', () => {
    const got = { data: Float32Array.of(1, 2), dims: [1, 2] }
    expect(compareTensors('y', tensor(1, 2), got, [strict])).toMatchObject({
      passed: false,
      why: 'it is 1 × 2 instead of 2',
    })
  })
})
