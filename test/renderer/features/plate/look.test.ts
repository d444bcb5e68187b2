import { expect, test } from 'vitest'
import {
  changeLook,
  DATA_LIMITS,
  FIRST_LOOK,
  SCORE_LIMITS,
} from '../../../../src/renderer/features/plate/look.ts'

const counted = changeLook(FIRST_LOOK, { colourBy: { kind: 'objects' } })
const scored = changeLook(counted, { scores: true })

test('scores begin between −3 and 3, and values by the wells', () => {
  expect(counted.limits).toEqual(DATA_LIMITS)
  expect(scored.limits).toEqual(SCORE_LIMITS)
  expect(changeLook(scored, { scores: false }).limits).toEqual(DATA_LIMITS)
})

test('what has no scores is not held to their limits', () => {
  const layout = changeLook(scored, { colourBy: { kind: 'layout', column: 'dose' } })
  expect(layout.limits).toEqual(DATA_LIMITS)
  expect(changeLook(layout, { colourBy: { kind: 'objects' } }).limits).toEqual(SCORE_LIMITS)
})

test('limits that somebody chose stay while the scale does', () => {
  const limits = { kind: 'fixed', low: -5, high: 5 } as const
  const chosen = changeLook(scored, { limits })
  expect(changeLook(chosen, { marks: false }).limits).toEqual(limits)
  expect(changeLook(chosen, { show: 'table' }).limits).toEqual(limits)
})
