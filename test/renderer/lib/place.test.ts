import { describe, expect, test } from 'vitest'
import type { FieldId, PlaneId, PlateId } from '#core/brand.ts'
import { parsePlace, placeHash, type Place } from '../../../src/renderer/lib/place.ts'

const plateId = 0 as PlateId
const fieldId = 12 as FieldId
const planeId = 0 as PlaneId

const places: readonly Place[] = [
  { view: 'plates' },
  { view: 'settings' },
  { view: 'plate', plateId },
  { view: 'quality', plateId },
  { view: 'reacquire', plateId },
  { view: 'review', plateId },
  { view: 'review', plateId: null },
  { view: 'models', number: null },
  { view: 'models', number: 0 },
  { view: 'field', plateId, fieldId, planeId },
  { view: 'field', plateId, fieldId, planeId: null },
]

describe('place', () => {
  test.each(places)('an address leads back to its place: $view', place => {
    expect(parsePlace(placeHash(place))).toEqual(place)
  })

  test.each([
    '',
    '#',
    '#/',
    '#/plate',
    '#/plate/x',
    '#/plate/-1',
    '#/plate/1e3',
    '#/nowhere/1',
    '#/field',
    '#8f3c',
  ])('an address that names no place leads to the plates: "%s"', hash => {
    expect(parsePlace(hash)).toEqual({ view: 'plates' })
  })

  test('a field that is not named leads to its plate', () => {
    expect(parsePlace('#/field/4')).toEqual({ view: 'plate', plateId: 4 })
  })
})
