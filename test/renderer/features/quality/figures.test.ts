import { expect, test } from 'vitest'
import { figuresOf } from '../../../../src/renderer/features/quality/figures.ts'

const NOW = 1_000_000
const states = { waiting: 2, pass: 30, fail: 6, 'cannot-judge': 4, unreadable: 3 }
const justNow = Array.from({ length: 20 }, (_, i) => NOW - 1000 * (20 - i))

test('adds up what arrived and what was judged', () => {
  expect(figuresOf({ expected: 100, states }, { judgedAt: [] }, NOW)).toMatchObject({
    expected: 100,
    arrived: 45,
    notArrived: 55,
    judged: 40,
    perMinute: 0,
    secondsLeft: null,
  })
})

test('says what has not arrived of what was promised, and nothing where nothing was', () => {
  const promised = { expected: 46, arrived: 44, states }
  expect(figuresOf(promised, { judgedAt: [] }, NOW).notArrived).toBe(2)
  expect(figuresOf({ expected: 40, states }, { judgedAt: [] }, NOW).notArrived).toBe(0)
  expect(figuresOf({ expected: null, states }, { judgedAt: [] }, NOW).notArrived).toBeNull()
})

test('tells the time to the end by the last minute', () => {
  const judgedAt = [0, 1000, ...justNow]
  expect(figuresOf({ expected: 103, states }, { judgedAt }, NOW)).toMatchObject({
    perMinute: 20,
    // 103 − 40 judged − 3 unreadable at 20 a minute.
    secondsLeft: 180,
  })
})

test('counts planes whose workers ended in another order', () => {
  const judgedAt = [NOW - 5000, NOW - 61_000, NOW - 4000]
  expect(figuresOf({ expected: null, states }, { judgedAt }, NOW).perMinute).toBe(2)
})

test('has no time to the end where nobody knows what is expected, or nothing is left', () => {
  for (const expected of [null, 43]) {
    expect(figuresOf({ expected, states }, { judgedAt: justNow }, NOW).secondsLeft).toBeNull()
  }
})
