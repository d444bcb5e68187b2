import { describe, expect, test } from 'vitest'
import {
  brierScore,
  expectedCalibrationError,
  reliabilityDiagram,
} from '#core/infer/reliability.ts'

describe('reliabilityDiagram', () => {
  test('puts an edge into the bin below it, and 0 into the first', () => {
    const counts = reliabilityDiagram([0, 0.25, 0.5, 1], [0, 0, 1, 1], 4).map(bin => bin.count)
    expect(counts).toEqual([2, 1, 0, 1])
  })

  test('says nothing of an empty bin', () => {
    expect(reliabilityDiagram([0.9, 0.7], [1, 0], 2)).toEqual([
      { low: 0, high: 0.5, count: 0, confidence: null, accuracy: null },
      { low: 0.5, high: 1, count: 2, confidence: 0.8, accuracy: 0.5 },
    ])
  })

  test('refuses what is no confidence', () => {
    expect(() => reliabilityDiagram([1.1], [1])).toThrow('A confidence of 1.1')
    expect(() => reliabilityDiagram([NaN], [1])).toThrow('A confidence of NaN')
    expect(() => reliabilityDiagram([1], [])).toThrow('1 confidences, 0 outcomes')
  })
})

describe('expectedCalibrationError', () => {
  test('is 0 for a network that is as often right as it says, and for no predictions', () => {
    expect(expectedCalibrationError([0.75, 0.75, 0.75, 0.75], [1, 1, 1, 0])).toBe(0)
    expect(expectedCalibrationError([], [])).toBe(0)
  })

  test('is the gap for one that is never right', () => {
    expect(expectedCalibrationError([0.9, 0.9], [0, 0])).toBeCloseTo(0.9, 12)
  })
})

describe('brierScore', () => {
  test('is 0 for the truth, 2 for certainty of something else', () => {
    expect(brierScore([1, 0, 0, 1], [0, 1], 2)).toBe(0)
    expect(brierScore([0, 1], [0], 2)).toBe(2)
  })

  test('takes one class for the probability of a yes', () => {
    expect(brierScore([0.8, 0.3], [1, 0], 1)).toBeCloseTo((0.04 + 0.09) / 2, 12)
  })

  test('refuses what does not fit', () => {
    expect(() => brierScore([1], [0, 1], 1)).toThrow('1 probabilities for 1 × 2')
  })
})
