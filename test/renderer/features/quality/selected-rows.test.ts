import { describe, expect, test } from 'vitest'
import { appendJudged, NO_PLANES } from '../../../../src/renderer/features/quality/judged-table.ts'
import {
  brushRows,
  countReasons,
  filterRows,
  sortRows,
  type SortKey,
} from '../../../../src/renderer/features/quality/selected-rows.ts'
import { judgedPage } from '../../../support/judged-page.ts'

const table = appendJudged(
  NO_PLANES,
  judgedPage([
    { well: 'A10', metrics: { edge_sharpness: 0.3, background_level: 0.01 } },
    {
      well: 'A02',
      state: 'fail',
      reasons: 'out-of-focus,saturated',
      metrics: { edge_sharpness: 0.01, background_level: 0.02 },
    },
    { well: 'A02', channel: 'GFP', state: 'cannot-judge', reasons: 'empty-field' },
    {
      well: 'A01',
      state: 'fail',
      reasons: 'saturated',
      metrics: { edge_sharpness: 0.2, background_level: 0.03 },
    },
    { well: 'A03', state: 'unreadable', reasons: 'image-corrupt' },
  ]),
)
const EVERYTHING = { channel: null, state: null, reason: null }

describe('filterRows', () => {
  test.each([
    { filter: {}, rows: [0, 1, 2, 3, 4] },
    { filter: { channel: 'GFP' }, rows: [2] },
    { filter: { state: 'fail' }, rows: [1, 3] },
    { filter: { reason: 'out-of-focus' }, rows: [1] },
    { filter: { reason: 'focus' }, rows: [] },
    { filter: { channel: 'DAPI', reason: 'saturated' }, rows: [1, 3] },
  ] as const)('$filter gives $rows', ({ filter, rows }) => {
    expect([...filterRows(table, { ...EVERYTHING, ...filter })]).toEqual(rows)
  })
})

describe('brushRows', () => {
  test('takes both ends in', () => {
    const ranges = { edge_sharpness: { min: 0.01, max: 0.2 } }
    expect([...brushRows(table, table.rows, ranges)]).toEqual([1, 3])
  })

  test('wants every axis, and leaves out what was not measured', () => {
    const ranges = {
      edge_sharpness: { min: null, max: 1 },
      background_level: { min: 0.015, max: null },
    }
    expect([...brushRows(table, table.rows, ranges)]).toEqual([1, 3])
  })

  test('without a brush lets all through', () => {
    expect(brushRows(table, table.rows, {})).toBe(table.rows)
  })
})

test('ranks the reasons, a plane with two under both', () => {
  expect(countReasons(table, table.rows)).toEqual([
    { reason: 'saturated', state: 'fail', planes: 2 },
    { reason: 'empty-field', state: 'cannot-judge', planes: 1 },
    { reason: 'image-corrupt', state: 'unreadable', planes: 1 },
    { reason: 'out-of-focus', state: 'fail', planes: 1 },
  ])
})

test('a reason that fails some planes and leaves others unjudged shows the worse of the two', () => {
  const both = appendJudged(
    NO_PLANES,
    judgedPage([
      { well: 'A01', state: 'cannot-judge', reasons: 'out-of-focus' },
      { well: 'A02', state: 'fail', reasons: 'out-of-focus' },
    ]),
  )
  expect(countReasons(both, both.rows)).toEqual([
    { reason: 'out-of-focus', state: 'fail', planes: 2 },
  ])
})

describe('sortRows', () => {
  test.each<{ key: SortKey; descending: boolean; rows: number[] }>([
    { key: 'judged', descending: true, rows: [4, 3, 2, 1, 0] },
    { key: 'place', descending: false, rows: [3, 1, 2, 4, 0] },
    { key: 'channel', descending: true, rows: [2, 0, 1, 3, 4] },
    { key: 'state', descending: false, rows: [4, 1, 3, 2, 0] },
    { key: 'edge_sharpness', descending: false, rows: [1, 3, 0, 2, 4] },
    { key: 'edge_sharpness', descending: true, rows: [0, 3, 1, 2, 4] },
  ])('by $key, descending $descending: $rows', ({ key, descending, rows }) => {
    expect([...sortRows(table, table.rows, key, descending)]).toEqual(rows)
  })

  test('orders 13,824 planes by a metric, and leaves the rows it was given alone', () => {
    const many = appendJudged(
      NO_PLANES,
      judgedPage(
        Array.from({ length: 13_824 }, (_, i) => ({
          metrics: { FocusScore: (i * 7919) % 13_824 },
        })),
      ),
    )
    const sorted = sortRows(many, many.rows, 'FocusScore', false)
    expect(sorted.every((row, i) => many.metrics.FocusScore![row] === i)).toBe(true)
    expect([...many.rows.slice(0, 3)]).toEqual([0, 1, 2])
  })
})
