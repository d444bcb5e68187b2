import { describe, expect, test } from 'vitest'
import {
  keepPace,
  NO_PACE,
  patience,
  quietTime,
  usualPause,
} from '../../../src/core/plate/run-pace.ts'

function paceOf(moments: readonly number[]) {
  return moments.reduce(keepPace, NO_PACE)
}

describe('the pace of a run', () => {
  test('is the median pause, so that a night between does not change it', () => {
    const pace = paceOf([0, 2000, 4000, 40_000_000, 40_002_000])
    expect(usualPause(pace)).toBe(2000)
    expect(pace).toMatchObject({ firstAt: 0, lastAt: 40_002_000 })
  })

  test('takes planes that settle together as one', () => {
    expect(usualPause(paceOf([0, 1, 2, 999, 6000]))).toBe(5001)
    expect(usualPause(paceOf([0, 400, 800, 1200]))).toBe(0)
  })

  test('is not turned back by a clock that is', () => {
    expect(paceOf([5000, 1000, 9000])).toMatchObject({ lastAt: 9000, pauses: [4000] })
  })

  test('is kept in bounded space', () => {
    expect(paceOf(Array.from({ length: 500 }, (_, i) => i * 2000)).pauses).toHaveLength(64)
  })

  test('sets how long a plane that was passed by is waited for', () => {
    expect(patience(paceOf([0, 100, 200]))).toBe(10_000)
    expect(patience(paceOf([0, 30_000, 60_000]))).toBe(90_000)
  })

  test('sets how long a run is quiet before it has ended; a single longer pause does not', () => {
    const minute = 60_000
    expect(quietTime(paceOf([0, 2000, 4000]), false)).toBe(5 * minute)
    expect(quietTime(paceOf([0, 600 * minute, 601 * minute]), false)).toBe(5 * minute)
    expect(quietTime(paceOf([0, 60 * minute, 120 * minute]), false)).toBe(120 * minute)
    expect(quietTime(paceOf([0, 2000]), true)).toBe(24 * 60 * minute)
  })
})
