import { describe, expect, test } from 'vitest'
import { turnsPassed } from '../../../src/core/plate/turns-passed.ts'

const no = NaN

describe('the turn of an image is over', () => {
  test.each([
    { name: 'between two places that have it', arrivals: [10, no, 30], at: [no, 30, no] },
    { name: 'not at the last place', arrivals: [10, 20, no], at: [no, no, no] },
    { name: 'not while only one place has it', arrivals: [no, 20, no], at: [no, no, no] },
    {
      name: 'at the first, once two after it have it in order',
      arrivals: [no, 20, 30],
      at: [30, no, no],
    },
    {
      name: 'not at the first of a round that goes backwards',
      arrivals: [no, 30, 20],
      at: [no, no, no],
    },
    {
      name: 'not at the first of such a round where two came out of order',
      arrivals: [no, 40, 50, 20, 10],
      at: [no, no, no, no, no],
    },
    {
      name: 'between two in a round that goes backwards',
      arrivals: [no, 30, no, 20],
      at: [no, no, 30, no],
    },
    { name: 'at neighbours alike', arrivals: [10, no, no, 40], at: [no, 40, 40, no] },
    { name: 'at the first two alike', arrivals: [no, no, 30, 40], at: [40, 40, no, no] },
    { name: 'nowhere where it never came', arrivals: [no, no, no], at: [no, no, no] },
    { name: 'nowhere on an empty plate', arrivals: [], at: [] },
  ])('$name', ({ arrivals, at }) => {
    expect([...turnsPassed(arrivals)]).toEqual(at)
  })
})
