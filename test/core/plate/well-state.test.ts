import { describe, expect, test } from 'vitest'
import { wellStanding, type WellCounts } from '../../../src/core/plate/well-state.ts'

function counts(given: Partial<WellCounts['states']>, rest: Partial<WellCounts> = {}): WellCounts {
  const states = { waiting: 0, pass: 0, fail: 0, 'cannot-judge': 0, unreadable: 0, ...given }
  return { expected: 4, objects: 12, ...rest, states }
}

describe('how a well stands', () => {
  test('nothing promised and nothing there was not imaged', () => {
    expect(wellStanding(null).state).toBe('not-imaged')
    expect(wellStanding(counts({}, { expected: null, objects: null })).state).toBe('not-imaged')
  })

  test('promised and not there is missing', () => {
    expect(wellStanding(counts({}, { objects: null }))).toMatchObject({
      state: 'missing',
      progress: 0,
      empty: false,
    })
  })

  test('a part that passes is incomplete without the rest, whether that part was judged or not', () => {
    expect(wellStanding(counts({ pass: 3 }))).toMatchObject({ state: 'incomplete', share: 0.25 })
    expect(wellStanding(counts({ waiting: 2, pass: 1 }))).toMatchObject({ state: 'incomplete' })
  })

  test('a part that fails shows the fail', () => {
    expect(wellStanding(counts({ pass: 1, fail: 1 })).state).toBe('fail')
  })

  test('an image that nobody promised does not stand for one that was', () => {
    expect(wellStanding(counts({ pass: 4 }, { arrived: 3 }))).toMatchObject({
      state: 'incomplete',
      here: 4,
      arrived: 3,
      progress: 0.75,
      share: 0.2,
    })
    expect(wellStanding(counts({ pass: 5 }, { arrived: 4 })).state).toBe('pass')
  })

  test('all here and not all judged is waiting', () => {
    expect(wellStanding(counts({ pass: 2, waiting: 2 }))).toMatchObject({
      state: 'waiting',
      progress: 1,
      share: 0.5,
    })
  })

  test.each([
    { states: { pass: 4 }, state: 'pass', share: 1 },
    { states: { pass: 3, 'cannot-judge': 1 }, state: 'cannot-judge', share: 0.25 },
    { states: { pass: 1, 'cannot-judge': 1, fail: 2 }, state: 'fail', share: 0.5 },
    { states: { fail: 3, unreadable: 1 }, state: 'unreadable', share: 0.25 },
    { states: { fail: 1 }, state: 'fail', share: 0.25 },
  ])('the worst of $states is $state', ({ states, state, share }) => {
    expect(wellStanding(counts(states))).toMatchObject({ state, share })
  })

  test('imaged and empty is known only where objects were looked for', () => {
    expect(wellStanding(counts({ pass: 4 }, { objects: 0 })).empty).toBe(true)
    expect(wellStanding(counts({ pass: 4 }, { objects: null })).empty).toBe(false)
    expect(wellStanding(counts({ pass: 4 }, { objects: 1 })).empty).toBe(false)
  })

  test('more planes than an index promised are not more than all', () => {
    expect(wellStanding(counts({ pass: 6 }))).toMatchObject({ state: 'pass', progress: 1 })
  })
})
