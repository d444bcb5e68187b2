import { expect, test } from 'vitest'
import type { PlateSummary } from '#contract/plates.ts'
import type { PlateId } from '#core/brand.ts'
import {
  reducePlateQuality,
  type PlateQuality,
  type PlateQualityEvent,
} from '../../../../src/renderer/features/quality/plate-quality.ts'
import { judgedPage } from '../../../support/judged-page.ts'

const plateId = 1 as PlateId
const summary = { plateId, name: 'BR00117' } as PlateSummary

function after(...events: readonly PlateQualityEvent[]): PlateQuality {
  return events.reduce(reducePlateQuality, { status: 'idle' } as PlateQuality)
}

const OPENED = [
  { type: 'requested', plateId },
  { type: 'opened', plateId, summary },
] as const
const FIRST = {
  type: 'judged',
  plateId,
  reading: 0,
  page: judgedPage([{}, {}], { cursor: 20, more: true }),
} as const

test('grows page by page and is complete with the last', () => {
  const half = after(...OPENED, FIRST)
  expect(half).toMatchObject({ status: 'open', cursor: 20, complete: false })
  const page = judgedPage([{}], { from: 2, cursor: 31 })
  const whole = reducePlateQuality(half, { type: 'judged', plateId, reading: 0, page })
  expect(whole).toMatchObject({ cursor: 31, complete: true, table: { planeId: [1, 2, 3] } })
})

test('a reply for a plate that somebody has left is dropped', () => {
  const other = 2 as PlateId
  const state = after(...OPENED, FIRST)
  expect(reducePlateQuality(state, { ...FIRST, plateId: other })).toBe(state)
  const failed = {
    type: 'open-failed',
    plateId: other,
    fault: { kind: 'plate-not-found', plateId: other },
  } as const
  expect(reducePlateQuality(state, failed)).toBe(state)
})

test('read again, it shows what it had until all of the new is there, and drops pages of the old', () => {
  const again = after(...OPENED, FIRST, { type: 'reread', plateId })
  expect(again).toMatchObject({ cursor: 0, reading: 1, table: { planeId: [1, 2] } })
  expect(reducePlateQuality(again, FIRST)).toBe(again)
  const page = judgedPage([{ id: 9 }], { cursor: 50, more: true })
  const half = reducePlateQuality(again, { type: 'judged', plateId, reading: 1, page })
  expect(half).toMatchObject({ table: { planeId: [1, 2] } })
  const last = judgedPage([], { cursor: 50 })
  expect(
    reducePlateQuality(half, { type: 'judged', plateId, reading: 1, page: last }),
  ).toMatchObject({
    table: { planeId: [9] },
    next: null,
  })
})

test('a page that does not come leaves the table and says why it is behind', () => {
  const fault = { kind: 'host-unreachable', detail: 'no connection' } as const
  const behind = after(...OPENED, FIRST, { type: 'judged-failed', plateId, reading: 0, fault })
  expect(behind).toMatchObject({ stale: fault, table: { planeId: [1, 2] } })
  expect(reducePlateQuality(behind, FIRST)).toMatchObject({ stale: null })
})
