import { describe, expect, test } from 'vitest'
import type { PlaneId } from '#core/brand.ts'
import {
  focusesOf,
  focusFor,
  planesShown,
} from '../../../../src/renderer/features/field/planes-shown.ts'
import { fieldRow, planeRow } from '../../../support/opened-field.ts'

const stack = fieldRow([
  planeRow(1, { z: 0 }),
  planeRow(2, { z: 1 }),
  planeRow(3, { z: 2 }),
  planeRow(4, { channel: 'FITC', z: 1 }),
])
const ids = (...args: Parameters<typeof planesShown>) =>
  planesShown(...args).map(({ planes }) => planes.map(({ planeId }) => planeId))

describe('a stack', () => {
  test('is first shown in its middle', () => {
    expect(focusFor(stack, null, null)).toEqual({ kind: 'plane', z: 1 })
    expect(ids(stack, { kind: 'plane', z: 1 }, null)).toEqual([[2], [4]])
  })

  test('is shown at the plane that somebody came for', () => {
    expect(focusFor(stack, 3 as PlaneId, { kind: 'plane', z: 0 })).toEqual({ kind: 'plane', z: 2 })
  })

  test('keeps the depth that was chosen in the field before', () => {
    expect(focusFor(stack, null, { kind: 'plane', z: 0 })).toEqual({ kind: 'plane', z: 0 })
  })

  test('falls back where a field lacks what was chosen', () => {
    expect(focusFor(stack, null, { kind: 'projection' })).toEqual({ kind: 'plane', z: 1 })
  })

  test('shows the nearest plane of a channel that has none at a depth', () => {
    expect(ids(stack, { kind: 'plane', z: 2 }, null)).toEqual([[3], [4]])
  })

  test('can be seen as its brightest values', () => {
    expect(focusesOf(stack)).toContainEqual({ kind: 'maximum' })
    expect(ids(stack, { kind: 'maximum' }, null)).toEqual([[1, 2, 3], [4]])
  })
})

test('the instrument’s projection goes before any plane', () => {
  const field = fieldRow([planeRow(1), planeRow(2, { projection: true })])
  expect(focusFor(field, null, null)).toEqual({ kind: 'projection' })
  expect(ids(field, { kind: 'projection' }, null)).toEqual([[2]])
})

test('an image that was taken again is seen only by whoever came for it', () => {
  const newer = 2 as PlaneId
  const field = fieldRow([planeRow(1, { supersededBy: newer }), planeRow(2)])
  const focus = { kind: 'plane', z: 0 } as const
  expect(ids(field, focus, null)).toEqual([[2]])
  expect(ids(field, focus, 1 as PlaneId)).toEqual([[1]])
})

test('an image whose successor is in another run is what its own field shows', () => {
  const field = fieldRow([planeRow(1, { supersededBy: 77 as PlaneId })])
  expect(ids(field, { kind: 'plane', z: 0 }, null)).toEqual([[1]])
})
