import { describe, expect, test } from 'vitest'
import type { PlaneDescription } from '#contract/pixels.ts'
import {
  autoLimits,
  movedEnd,
  rangeOf,
  spanOf,
  stepOf,
} from '../../../../src/renderer/features/field/contrast.ts'

function described(
  values: Readonly<Record<number, number>>,
  type: PlaneDescription['type'] = 'uint16',
) {
  const percentiles = Object.entries(values).map(([percent, value]) => ({
    percent: Number(percent),
    value,
  }))
  return { type, fullScale: type === 'float32' ? 1 : 4095, percentiles }
}

describe('limits by themselves', () => {
  test('lie at the percentiles 0.1 and 99.9', () => {
    const plane = described({ 0: 80, 0.1: 100, 50: 300, 99.9: 2000, 100: 4095 })
    expect(autoLimits(plane)).toEqual({ low: 100, high: 2000 })
  })

  test('stay apart on a plane of one value', () => {
    expect(autoLimits(described({ 0.1: 7, 99.9: 7 }))).toEqual({ low: 7, high: 8 })
  })

  test('begin at zero when zero is the percentile', () => {
    expect(autoLimits(described({ 0.1: 0, 99.9: 10 })).low).toBe(0)
  })

  test('are the camera’s range where nothing was counted', () => {
    expect(autoLimits(described({}))).toEqual({ low: 0, high: 4095 })
  })
})

test('handles reach half as far again as what is bright, not to the last speck', () => {
  const plane = described({ 0: 100, 0.1: 100, 99.9: 1100, 100: 65535 })
  expect(rangeOf(plane, { low: 100, high: 1100 })).toEqual({ low: 100, high: 1600 })
})

test('handles reach as far as limits that somebody typed', () => {
  const plane = described({ 0: 100, 99.9: 1100, 100: 65535 })
  expect(rangeOf(plane, { low: 0, high: 9000 })).toEqual({ low: 0, high: 9000 })
})

test('one end never passes the other', () => {
  const range = { low: 0, high: 100 }
  const limits = { low: 10, high: 50 }
  expect(movedEnd(limits, 'low', 70, range, 1)).toEqual({ low: 49, high: 50 })
  expect(movedEnd(limits, 'high', -5, range, 1)).toEqual({ low: 10, high: 11 })
  expect(movedEnd(limits, 'high', 500, range, 1)).toEqual({ low: 10, high: 100 })
})

test('a stack is shown between the limits of all its planes', () => {
  expect(
    spanOf([
      { low: 5, high: 10 },
      { low: 2, high: 8 },
    ]),
  ).toEqual({ low: 2, high: 10 })
  expect(spanOf([])).toBeNull()
})

test('a step is one count, or a small share of a float plane’s range', () => {
  expect(stepOf({ type: 'uint16', fullScale: 4095 })).toBe(1)
  expect(stepOf({ type: 'float32', fullScale: 1 })).toBe(1 / 65536)
})
