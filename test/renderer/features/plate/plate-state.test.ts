import { describe, expect, test } from 'vitest'
import { NO_COUNTS } from '../../../../src/contract/plates.ts'
import type { PlateId } from '../../../../src/core/brand.ts'
import {
  FIRST_STATE,
  fieldsKey,
  pointingAt,
  reducePlate,
  type PlateEvent,
  type PlateState,
} from '../../../../src/renderer/features/plate/plate-state.ts'
import { PLATE, plateDetails, plateSummary, wellRow } from '../../../support/sample-plate.ts'

const OTHER = 2 as PlateId
const details = plateDetails(6, [wellRow(0, 0), wellRow(0, 1)])
const quantity = {
  kind: 'metric',
  metric: 'edge_sharpness',
  channel: 'DAPI',
  statistic: 'mean',
} as const
const values = { wells: ['A01'], values: [0.3], exact: true }

function after(...events: readonly PlateEvent[]): PlateState {
  return events.reduce(reducePlate, FIRST_STATE)
}

const shown: readonly PlateEvent[] = [
  { type: 'shown', plateId: PLATE },
  { type: 'opened', plateId: PLATE, details },
]

describe('a plate on screen', () => {
  test('is loading until it was opened', () => {
    expect(after(shown[0]!).plates).toEqual([{ status: 'loading', plateId: PLATE }])
    expect(after(...shown).plates[0]).toMatchObject({ status: 'open', details })
  })

  test('can be tried again after it failed', () => {
    const fault = { kind: 'plate-not-found', plateId: PLATE } as const
    const failed = after(shown[0]!, { type: 'open-failed', plateId: PLATE, fault })
    expect(failed.plates[0]).toEqual({ status: 'failed', plateId: PLATE, fault })
    expect(reducePlate(failed, shown[0]!).plates[0]!.status).toBe('loading')
  })

  test('drops what comes late for a plate that was left', () => {
    const left = after(...shown, { type: 'shown', plateId: OTHER })
    expect(reducePlate(left, { type: 'opened', plateId: PLATE, details })).toBe(left)
  })

  test('takes over changed wells and adds new ones', () => {
    const states = { ...NO_COUNTS, fail: 4 }
    const state = after(...shown, {
      type: 'changed',
      plateId: PLATE,
      summary: plateSummary(PLATE, { flagged: 4 }),
      wells: [wellRow(0, 1, { states }), wellRow(1, 0)],
    })
    const [plate] = state.plates
    if (plate?.status !== 'open') throw new Error('not open')
    expect(plate.details.wells.map(({ well, states: { fail } }) => [well, fail])).toEqual([
      ['A01', 0],
      ['A02', 4],
      ['B01', 0],
    ])
    expect(plate.details.summary.flagged).toBe(4)
  })

  test('keeps its numbers when it is read again', () => {
    const asked: PlateEvent = { type: 'looked', look: { colourBy: { kind: 'quantity', quantity } } }
    const key = 'metric/edge_sharpness/DAPI/mean'
    const state = after(...shown, asked, { type: 'valued', plateId: PLATE, key, values }, shown[1]!)
    expect(state.plates[0]).toMatchObject({ numbers: { key, values } })
  })

  test('drops numbers that nobody asks for any more', () => {
    const state = after(...shown)
    const late: PlateEvent = { type: 'valued', plateId: PLATE, key: 'metric/x/DAPI/mean', values }
    expect(reducePlate(state, late)).toBe(state)
  })
})

describe('plates side by side', () => {
  test('are four at most, and none twice', () => {
    const ids = [2, 2, 3, 4, 5].map(id => id as PlateId)
    const state = after(...shown, ...ids.map(plateId => ({ type: 'joined', plateId }) as const))
    expect(state.plates.map(({ plateId }) => plateId)).toEqual([1, 2, 3, 4])
  })

  test('stay when another becomes the first', () => {
    const state = after(
      ...shown,
      { type: 'joined', plateId: OTHER },
      { type: 'shown', plateId: 3 as PlateId },
    )
    expect(state.plates.map(({ plateId }) => plateId)).toEqual([3, 2])
  })

  test('give the panel back to the first when the active one is taken away', () => {
    const pointing = { focus: 1, anchor: 1, selected: new Set([1]) }
    const joined = after(...shown, { type: 'joined', plateId: OTHER })
    const active = reducePlate(joined, { type: 'pointed', plateId: OTHER, pointing })
    expect(active.active).toBe(OTHER)
    expect(reducePlate(active, { type: 'left', plateId: OTHER }).active).toBe(PLATE)
  })
})

test('fields of a changed well are shown until they were read again', () => {
  const known = { status: 'known', fields: [], stale: false } as const
  const state = after(
    ...shown,
    { type: 'fields-changed', plateId: PLATE, well: 'A01', fields: known },
    { type: 'fields-changed', plateId: PLATE, well: 'A02', fields: known },
    { type: 'changed', plateId: PLATE, summary: plateSummary(PLATE), wells: [wellRow(0, 0)] },
  )
  expect(state.fields.get(fieldsKey(PLATE, 'A01'))).toEqual({ ...known, stale: true })
  expect(state.fields.get(fieldsKey(PLATE, 'A02'))).toEqual(known)
})

test('a platemap that was taken clears the fault of the one before', () => {
  const fault = { kind: 'layout-invalid', line: 3, detail: 'no well' } as const
  const layout = [{ well: 'A01', control: 'negative', labels: {} }]
  const state = after(
    ...shown,
    { type: 'faulted', fault },
    { type: 'mapped', plateId: PLATE, layout },
  )
  expect(state.fault).toBeNull()
  expect(state.plates[0]).toMatchObject({ details: { layout } })
})

test('a plate that nobody has pointed at has its focus on the first well', () => {
  expect(pointingAt(FIRST_STATE, PLATE)).toMatchObject({ focus: 0, anchor: 0 })
})
