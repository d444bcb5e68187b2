import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { combineClasses, combineEmbeddings, createMapSum } from '#core/infer/combine-members.ts'

describe('combineClasses', () => {
  test('takes the mean and counts the votes', () => {
    const found = combineClasses([
      Float64Array.of(0.6, 0.4, 0),
      Float64Array.of(0.6, 0.4, 0),
      Float64Array.of(0, 0.9, 0.1),
    ])
    expect(found.probabilities[0]).toBeCloseTo(0.4, 12)
    expect(found.likeliest).toBe(1)
    // Two of three vote for the first class, although the mean is for the second.
    expect(found.variationRatio).toBeCloseTo(1 / 3, 12)
    expect(found.mutualInformation).toBeGreaterThan(0.1)
  })

  test('finds nothing to disagree about in equal members', () => {
    const member = Float32Array.of(0.25, 0.75)
    const { mutualInformation, variationRatio } = combineClasses([member, member])
    expect(mutualInformation).toBeCloseTo(0, 12)
    expect(variationRatio).toBe(0)
  })

  test('is at its wits’ end where sure members contradict each other', () => {
    const found = combineClasses([Float64Array.of(1, 0), Float64Array.of(0, 1)])
    expect(found).toMatchObject({ entropy: 1, mutualInformation: 1, variationRatio: 0.5 })
  })

  test('refuses members that differ', () => {
    expect(() => combineClasses([])).toThrow(RangeError)
    expect(() => combineClasses([Float64Array.of(1), Float64Array.of(0, 1)])).toThrow('1, 2 values')
  })
})

describe('combineEmbeddings', () => {
  test('takes directions, whatever their length', () => {
    const { direction, dispersion } = combineEmbeddings([
      Float64Array.of(0, 10),
      Float64Array.of(1, 0),
    ])
    expect(direction[0]).toBeCloseTo(Math.SQRT1_2, 12)
    expect(direction[1]).toBeCloseTo(Math.SQRT1_2, 12)
    expect(dispersion).toBeCloseTo(1 - Math.SQRT1_2, 12)
  })

  test('finds no direction in opposites', () => {
    const { direction, dispersion } = combineEmbeddings([
      Float64Array.of(2, 0),
      Float64Array.of(-1, 0),
    ])
    expect([...direction]).toEqual([0, 0])
    expect(dispersion).toBe(1)
  })

  test('refuses an embedding of nothing', () => {
    expect(() => combineEmbeddings([Float64Array.of(0, 0)])).toThrow('has no direction')
  })
})

describe('createMapSum', () => {
  test('gives mean and variance of each value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 8 }),
        values => {
          const sum = createMapSum(1)
          for (const value of values) sum.add(Float32Array.of(value))
          const { mean, variance, members } = sum.finish()
          const expected = values.reduce((total, value) => total + value, 0) / values.length
          const spread = values.reduce((total, value) => total + (value - expected) ** 2, 0)
          expect(members).toBe(values.length)
          expect(Math.abs(mean[0]! - expected)).toBeLessThan(1e-4)
          expect(Math.abs(variance[0]! - spread / values.length)).toBeLessThan(0.01)
          expect(variance[0]).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })

  test('refuses nothing, and another length', () => {
    expect(() => createMapSum(2).finish()).toThrow('No map')
    expect(() => createMapSum(2).add(new Float32Array(3))).toThrow('3 values for 2')
  })
})
