import { describe, expect, test } from 'vitest'
import type { FieldId, PlaneId, RecordId } from '#core/brand.ts'
import {
  NO_FIELD,
  reduceField,
  shownOf,
  type FieldEvent,
} from '../../../../src/renderer/features/field/field-state.ts'
import { fieldRow, openedField, planeRow } from '../../../support/opened-field.ts'

const one = 1 as FieldId
const two = 2 as FieldId
const after = (...events: readonly FieldEvent[]) => events.reduce(reduceField, NO_FIELD)
const asked = (fieldId: FieldId, planeId: PlaneId | null = null): FieldEvent => ({
  type: 'asked',
  fieldId,
  planeId,
})
const opened = (fieldId: FieldId, ...planes: Parameters<typeof fieldRow>[0]): FieldEvent => ({
  type: 'opened',
  fieldId,
  opened: openedField(fieldRow(planes, { fieldId })),
})

describe('a field', () => {
  test('that somebody has since left is dropped when it comes', () => {
    const state = after(asked(one), asked(two), opened(one, planeRow(1)))
    expect(state.field).toEqual({ status: 'loading', fieldId: two, planeId: null })
  })

  test('keeps colours, limits and overlays for the next', () => {
    const first = after(asked(one), opened(one, planeRow(1)), { type: 'outlined', outlines: true })
    const look = { ...first.looks[0]!, gamma: 0.5 }
    const next = [
      { type: 'looked', look },
      asked(two),
      opened(two, planeRow(2), planeRow(3, { channel: 'FITC' })),
    ] as const
    const state = next.reduce(reduceField, first)
    expect(state.looks.map(({ channel, gamma }) => [channel, gamma])).toEqual([
      ['DAPI', 0.5],
      ['FITC', 1],
    ])
    expect(state.outlines).toBe(true)
  })

  test('is not opened again for another of its planes', () => {
    const state = after(asked(one), opened(one, planeRow(1)), asked(one, 1 as PlaneId))
    expect(state.field).toMatchObject({ status: 'shown', planeId: 1 })
  })

  test('leaves objects, maps and comparisons behind when the next is asked for', () => {
    const other = { status: 'loading' } as const
    const comparison = { with: 'reference', arrangement: 'side', turned: false, other } as const
    const state = after(
      asked(one),
      opened(one, planeRow(1)),
      { type: 'selected', label: 4 },
      { type: 'compared', comparison },
      asked(two),
    )
    expect(state).toMatchObject({ selected: 0, comparison: null, map: { status: 'none' } })
  })

  test('does not take the objects of another', () => {
    const record = 'ef'.repeat(32) as RecordId
    const state = after(asked(one), opened(one, planeRow(1)), {
      type: 'objects-changed',
      objects: { status: 'shown', record, objects: { count: 0, columns: [] } },
    })
    expect(state.objects).toEqual({ status: 'none' })
  })

  test('turns through its stack once somebody moves the slider', () => {
    const state = after(
      asked(one, 1 as PlaneId),
      opened(one, planeRow(1, { z: 0 }), planeRow(2, { z: 1 })),
      { type: 'focused', focus: { kind: 'plane', z: 1 } },
    )
    expect(shownOf(state)?.channels[0]?.planes[0]?.planeId).toBe(2)
  })
})
