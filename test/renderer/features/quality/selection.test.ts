import { describe, expect, test } from 'vitest'
import {
  FIRST_SELECTION,
  isNarrowed,
  metricsOf,
  reduceSelection,
  type SelectionEvent,
} from '../../../../src/renderer/features/quality/selection.ts'

function after(...events: readonly SelectionEvent[]) {
  return events.reduce(reduceSelection, FIRST_SELECTION)
}

describe('axes', () => {
  test('are switched on at the right and off again', () => {
    const on = after({ type: 'axis-switched', metric: 'FocusScore' })
    expect(on.axes.at(-1)).toBe('FocusScore')
    const off = reduceSelection(on, { type: 'axis-switched', metric: 'FocusScore' })
    expect(off.axes).toEqual(FIRST_SELECTION.axes)
  })

  test('are eight at most and two at least', () => {
    const full = after(
      { type: 'axis-switched', metric: 'FocusScore' },
      { type: 'axis-switched', metric: 'MeanIntensity' },
    )
    expect(full.axes).toHaveLength(8)
    const few = after(
      ...FIRST_SELECTION.axes.map(metric => ({ type: 'axis-switched', metric }) as const),
    )
    expect(few.axes).toHaveLength(2)
  })

  test('take their brush along when they go', () => {
    const brushed = after({
      type: 'brushed',
      metric: 'edge_anisotropy',
      range: { min: 0.4, max: null },
    })
    expect(isNarrowed(brushed)).toBe(true)
    const gone = reduceSelection(brushed, { type: 'axis-switched', metric: 'edge_anisotropy' })
    expect(gone.ranges).toEqual({})
  })
})

test('an open range is no brush', () => {
  const selection = after(
    { type: 'brushed', metric: 'edge_sharpness', range: { min: 0, max: 0.1 } },
    { type: 'brushed', metric: 'edge_sharpness', range: { min: null, max: null } },
  )
  expect(isNarrowed(selection)).toBe(false)
})

test('clearing takes away filters and brushes, and nothing else', () => {
  const selection = after(
    { type: 'metric-chosen', metric: 'FocusScore' },
    { type: 'filtered', filter: { reason: 'saturated' } },
    { type: 'brushed', metric: 'edge_sharpness', range: { min: 0, max: 0.1 } },
    { type: 'cleared' },
  )
  expect(selection).toEqual({ ...FIRST_SELECTION, metric: 'FocusScore' })
})

test('asks for the metric of the charts once, also when it is an axis', () => {
  expect(metricsOf(FIRST_SELECTION)).toEqual(FIRST_SELECTION.axes)
  const chosen = after({ type: 'metric-chosen', metric: 'FocusScore' })
  expect(metricsOf(chosen)).toEqual(['FocusScore', ...FIRST_SELECTION.axes])
})

test('the same column turns the order round; numbers begin with the largest, words with the first', () => {
  const sorts = ['edge_sharpness', 'edge_sharpness', 'place'] as const
  const states = sorts.map((_, i) =>
    after(...sorts.slice(0, i + 1).map(key => ({ type: 'sorted', key }) as const)),
  )
  expect(states.map(({ sort }) => sort)).toEqual([
    { key: 'edge_sharpness', descending: true },
    { key: 'edge_sharpness', descending: false },
    { key: 'place', descending: false },
  ])
})
