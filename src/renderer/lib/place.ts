import type { FieldId, PlaneId, PlateId } from '#core/brand.ts'

/** Where somebody is in the window: what its address says after the `#`, so that reloading comes back here. */
export type Place =
  | { readonly view: 'plates' }
  | { readonly view: 'plate'; readonly plateId: PlateId }
  | {
      readonly view: 'field'
      readonly plateId: PlateId
      readonly fieldId: FieldId
      /** The plane that somebody came for; null for the field as a whole. */
      readonly planeId: PlaneId | null
    }
  | { readonly view: 'quality'; readonly plateId: PlateId }
  /** The queue of one plate, or of all where `plateId` is null. */
  | { readonly view: 'review'; readonly plateId: PlateId | null }
  | { readonly view: 'reacquire'; readonly plateId: PlateId }
  /** One registered network, or the list of all where `number` is null. */
  | { readonly view: 'models'; readonly number: number | null }
  | { readonly view: 'settings' }

export type View = Place['view']

/** Goes to a place. */
export type GoTo = (place: Place) => void

export function placeHash(place: Place): string {
  switch (place.view) {
    case 'plates':
    case 'settings':
      return `#/${place.view}`
    case 'plate':
    case 'quality':
    case 'reacquire':
      return `#/${place.view}/${place.plateId}`
    case 'review':
      return place.plateId === null ? '#/review' : `#/review/${place.plateId}`
    case 'models':
      return place.number === null ? '#/models' : `#/models/${place.number}`
    case 'field': {
      const plane = place.planeId === null ? '' : `/${place.planeId}`
      return `#/field/${place.plateId}/${place.fieldId}${plane}`
    }
  }
}

/** The place that an address names; the list of plates for what names none. */
export function parsePlace(hash: string): Place {
  const [view, ...parts] = hash.replace(/^#\//, '').split('/')
  if (!parts.every(part => /^\d{1,15}$/.test(part))) return { view: 'plates' }
  const [first, second, third] = parts.map(Number)
  const plateId = (first ?? null) as PlateId | null
  if (view === 'settings') return { view }
  if (view === 'models') return { view, number: first ?? null }
  if (view === 'review') return { view, plateId }
  if (plateId === null) return { view: 'plates' }
  if (view === 'plate' || view === 'quality' || view === 'reacquire') return { view, plateId }
  if (view !== 'field') return { view: 'plates' }
  if (second === undefined) return { view: 'plate', plateId }
  return {
    view,
    plateId,
    fieldId: second as FieldId,
    planeId: (third ?? null) as PlaneId | null,
  }
}
