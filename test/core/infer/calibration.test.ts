import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitTemperature } from '#core/infer/calibration.ts'

describe('fitTemperature', () => {
  test('finds what a network was too sure by', () => {
    // Says 95 % and is right 3 of 4 times, for which logits are log 3 apart.
    const logits = Float32Array.of(3, 3, 3, 3, 0, 0, 0, 0)
    const { temperature, loss, lossBefore } = fitTemperature(logits, [0, 0, 0, 1], 2)
    expect(temperature).toBeCloseTo(3 / Math.log(3), 6)
    expect(loss).toBeLessThan(lossBefore)
  })

  test('stops at 0.01 where nothing is ever wrong, and at 100 where all is', () => {
    const logits = Float32Array.of(1, 1, 0, 0)
    expect(fitTemperature(logits, [0, 0], 2).temperature).toBe(0.01)
    expect(fitTemperature(logits, [1, 1], 2).temperature).toBe(100)
  })

  test('leaves alone logits that are all the same', () => {
    expect(fitTemperature(new Float32Array(4), [0, 1], 2).temperature).toBe(1)
  })

  test('never makes the loss worse', () => {
    const sample = fc.tuple(
      fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 3, maxLength: 3 }),
      fc.nat(2),
    )
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 20 }), samples => {
        const logits = Float32Array.from([0, 1, 2].flatMap(k => samples.map(([one]) => one[k]!)))
        const labels = samples.map(([, label]) => label)
        const { temperature, loss, lossBefore } = fitTemperature(logits, labels, 3)
        expect(loss).toBeLessThanOrEqual(lossBefore + 1e-9)
        expect(temperature).toBeGreaterThanOrEqual(0.01 - 1e-9)
        expect(temperature).toBeLessThanOrEqual(100 + 1e-6)
      }),
    )
  })

  test('refuses what does not fit', () => {
    expect(() => fitTemperature(new Float32Array(0), [], 2)).toThrow('for 0 labels')
    expect(() => fitTemperature(new Float32Array(2), [2], 2)).toThrow('Class 2 of 2')
  })
})
