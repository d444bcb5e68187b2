import { describe, expect, test } from 'vitest'
import {
  nextOrder,
  placeOfObject,
  sortedObjects,
} from '../../../../src/renderer/features/field/object-order.ts'

const objects = {
  count: 4,
  columns: [
    { name: 'AreaShape_Area', values: [30, null, 10, 30] },
    { name: 'Location_Center_X', values: [5, 6, 7, null] },
    { name: 'Location_Center_Y', values: [1, 2, 3, 4] },
  ],
}

describe('the table of objects', () => {
  test('begins in the order of their numbers', () => {
    expect(sortedObjects(objects, { column: null, descending: false })).toEqual([0, 1, 2, 3])
  })

  test('keeps equal objects in the order of their numbers, and those without a value last', () => {
    const column = 'AreaShape_Area'
    expect(sortedObjects(objects, { column, descending: true })).toEqual([0, 3, 2, 1])
    expect(sortedObjects(objects, { column, descending: false })).toEqual([2, 0, 3, 1])
  })

  test('turns round at a second click and begins a measure with its largest', () => {
    const first = nextOrder({ column: null, descending: false }, 'AreaShape_Area')
    expect(first).toEqual({ column: 'AreaShape_Area', descending: true })
    expect(nextOrder(first, 'AreaShape_Area').descending).toBe(false)
  })
})

test('an object lies in the middle of its pixels', () => {
  expect(placeOfObject(objects, 0)).toEqual({ x: 5.5, y: 1.5 })
  expect(placeOfObject(objects, 3)).toBeNull()
})
