import fc from 'fast-check'
import { expect, test } from 'vitest'
import { binaryEntropy, entropyTerm, normalisedEntropy } from '#core/infer/entropy-term.ts'

test('entropyTerm is −p ln p within 6e-6', () => {
  const exact = (p: number): number => (p === 0 ? 0 : -p * Math.log(p))
  for (const p of [0, 1e-9, 5.6e-6, 1e-5, 1e-4, 0.01, 1 / Math.E, 0.5, 0.99999, 1]) {
    expect(Math.abs(entropyTerm(p) - exact(p))).toBeLessThan(6e-6)
  }
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), p => {
      expect(Math.abs(entropyTerm(p) - exact(p))).toBeLessThan(6e-6)
    }),
  )
})

test('entropyTerm takes what rounding put beside 0…1 for 0 or 1', () => {
  expect(entropyTerm(-1e-8)).toBe(0)
  expect(entropyTerm(1 + 1e-7)).toBeCloseTo(0, 12)
})

test('binaryEntropy is the same for p and 1 − p, and largest in the middle', () => {
  expect(binaryEntropy(0.2)).toBeCloseTo(binaryEntropy(0.8), 10)
  expect(binaryEntropy(0.5)).toBeCloseTo(Math.LN2, 5)
})

test('normalisedEntropy is 0 for one-hot and 1 for even', () => {
  expect(normalisedEntropy(Float64Array.of(0, 1, 0, 0))).toBe(0)
  expect(normalisedEntropy(Float64Array.of(0.25, 0.25, 0.25, 0.25))).toBeCloseTo(1, 12)
  expect(normalisedEntropy(Float64Array.of(1))).toBe(0)
})
