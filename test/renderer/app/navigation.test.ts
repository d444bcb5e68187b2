import { describe, expect, test } from 'vitest'
import type { FieldId, PlateId } from '#core/brand.ts'
import {
  arriveAt,
  createNavigation,
  placeOf,
  type Whereabouts,
} from '../../../src/renderer/app/navigation.ts'

const plateId = 3 as PlateId
const fieldId = 12 as FieldId
const nowhere: Whereabouts = { place: { view: 'plates' }, plateId: null, field: null }

describe('arriveAt', () => {
  test('keeps the plate in hand while somebody is in the settings', () => {
    const onPlate = arriveAt(nowhere, { view: 'plate', plateId })
    expect(arriveAt(onPlate, { view: 'settings' })).toMatchObject({ plateId })
  })

  test('keeps the field that was last looked at', () => {
    const atField = arriveAt(nowhere, { view: 'field', plateId, fieldId, planeId: null })
    const back = arriveAt(atField, { view: 'plate', plateId })
    expect(placeOf('field', back)).toEqual({ view: 'field', plateId, fieldId, planeId: null })
  })

  test('a review of all plates does not let go of the plate in hand', () => {
    const onPlate = arriveAt(nowhere, { view: 'plate', plateId })
    expect(arriveAt(onPlate, { view: 'review', plateId: null })).toMatchObject({ plateId })
  })
})

describe('placeOf', () => {
  test('has nowhere to go for a plate while none was chosen', () => {
    expect(placeOf('plate', nowhere)).toBeNull()
    expect(placeOf('quality', nowhere)).toBeNull()
    expect(placeOf('field', nowhere)).toBeNull()
  })

  test('reviews all plates while none was chosen', () => {
    expect(placeOf('review', nowhere)).toEqual({ view: 'review', plateId: null })
  })

  test('a field of another plate is not the field of this one', () => {
    const atField = arriveAt(nowhere, { view: 'field', plateId, fieldId, planeId: null })
    const other = arriveAt(atField, { view: 'plate', plateId: 4 as PlateId })
    expect(placeOf('field', other)).toBeNull()
  })

  test('plate 0 is a plate', () => {
    const onPlate = arriveAt(nowhere, { view: 'plate', plateId: 0 as PlateId })
    expect(placeOf('quality', onPlate)).toEqual({ view: 'quality', plateId: 0 })
  })
})

describe('createNavigation', () => {
  test('begins where the address says and follows it', () => {
    const { page, change } = paperPage('#/plate/3')
    const navigation = createNavigation(page)
    expect(navigation.getSnapshot().place).toEqual({ view: 'plate', plateId })
    change('#/review/3')
    expect(navigation.getSnapshot().place).toEqual({ view: 'review', plateId })
  })

  test('goes to a place by the address, so that back and forward know it', () => {
    const { page } = paperPage('')
    createNavigation(page).goTo({ view: 'quality', plateId })
    expect(page.location.hash).toBe('#/quality/3')
  })
})

/** A page of which only the address matters. */
function paperPage(hash: string) {
  let listener = (): void => undefined
  const location = { hash } as Location
  const addEventListener = ((_type: string, heard: () => void) => {
    listener = heard
  }) as Window['addEventListener']
  return {
    page: { location, addEventListener },
    change(next: string): void {
      location.hash = next
      listener()
    },
  }
}
