import type { FieldId, PlaneId, PlateId } from '#core/brand.ts'
import { createObservable } from '../lib/observable.ts'
import { parsePlace, placeHash, type Place, type View } from '../lib/place.ts'

/** Where somebody is, and where they were last: so that going back to the field view finds its field. */
export interface Whereabouts {
  readonly place: Place
  /** The plate in hand; null before one was chosen. */
  readonly plateId: PlateId | null
  /** The field that was last looked at, with its plate. */
  readonly field: {
    readonly plateId: PlateId
    readonly fieldId: FieldId
    readonly planeId: PlaneId | null
  } | null
}

/** What somebody's whereabouts are after going to a place. */
export function arriveAt(before: Whereabouts, place: Place): Whereabouts {
  const plateId = 'plateId' in place ? (place.plateId ?? before.plateId) : before.plateId
  const field = place.view === 'field' ? place : before.field
  return { place, plateId, field }
}

/** The place that a view's tab leads to; null where there is nothing to show there yet. */
export function placeOf(view: View, { plateId, field }: Whereabouts): Place | null {
  switch (view) {
    case 'plates':
    case 'settings':
      return { view }
    case 'models':
      return { view, number: null }
    case 'review':
      return { view, plateId }
    case 'field':
      return field === null || field.plateId !== plateId ? null : { ...field, view }
    case 'plate':
    case 'quality':
    case 'reacquire':
      return plateId === null ? null : { view, plateId }
  }
}

/** The window's address as whereabouts; back and forward work as everywhere. */
export function createNavigation(page: Pick<Window, 'location' | 'addEventListener'>) {
  const nowhere: Whereabouts = { place: { view: 'plates' }, plateId: null, field: null }
  const state = createObservable(arriveAt(nowhere, parsePlace(page.location.hash)))
  page.addEventListener('hashchange', () => {
    state.set(arriveAt(state.getSnapshot(), parsePlace(page.location.hash)))
  })

  return {
    getSnapshot: state.getSnapshot,
    subscribe: state.subscribe,
    goTo(place: Place): void {
      page.location.hash = placeHash(place)
    },
  }
}

export type Navigation = ReturnType<typeof createNavigation>
