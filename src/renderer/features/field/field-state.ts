import type { ObjectColumns } from '#contract/fields.ts'
import type { PlaneDescription, PredictionMap } from '#contract/pixels.ts'
import type { FieldRow } from '#contract/plates.ts'
import type { FieldId, PlaneId, RecordId } from '#core/brand.ts'
import { assertNever, type Fault, type Result } from '#core/fault.ts'
import type { RulesInUse } from './why.ts'
import type { Samples } from '../../lib/pixels.ts'
import { looksFor, type ChannelLook } from './channel-look.ts'
import type { OpenedField } from './picture.ts'
import { channelsOf, focusFor, planesShown, type Focus } from './planes-shown.ts'

export type PlaneMap = 'sharpness' | 'saturation'
export type MapKind = PlaneMap | PredictionMap

/** A field in hand, or on its way; what was seen before stays until the next is there. */
export type FieldInHand =
  | { readonly status: 'idle' }
  | { readonly status: 'loading'; readonly fieldId: FieldId; readonly planeId: PlaneId | null }
  | {
      readonly status: 'failed'
      readonly fieldId: FieldId
      readonly planeId: PlaneId | null
      readonly fault: Fault
    }
  | {
      readonly status: 'shown'
      readonly fieldId: FieldId
      /** The plane that somebody came for. */
      readonly planeId: PlaneId | null
      readonly opened: OpenedField
    }

export type ObjectsInHand =
  | { readonly status: 'none' }
  | { readonly status: 'loading'; readonly record: RecordId }
  | { readonly status: 'failed'; readonly record: RecordId; readonly fault: Fault }
  | { readonly status: 'shown'; readonly record: RecordId; readonly objects: ObjectColumns }

/** Another field beside the one in hand, or in its place for as long as somebody compares. */
export interface Comparison {
  readonly with: 'reference' | 'run'
  readonly arrangement: 'side' | 'turn'
  /** Of a comparison in turns: whether the other is in sight. */
  readonly turned: boolean
  readonly other: OtherField
}

export type OtherField =
  | { readonly status: 'loading' }
  /** No plane of the channel passes. */
  | { readonly status: 'none' }
  | { readonly status: 'failed'; readonly fault: Fault }
  | { readonly status: 'shown'; readonly planeId: PlaneId | null; readonly opened: OpenedField }

/** A map by place; the channel that it is of is seen alone under it. */
export type MapInHand =
  | { readonly status: 'none' }
  | (MapSubject & { readonly status: 'loading' })
  | (MapSubject & { readonly status: 'failed'; readonly fault: Fault })
  | ShownMap

export type ShownMap = MapSubject & { readonly status: 'shown'; readonly samples: Samples }

/** What a map is of: one plane, or what networks said of the field. */
export type MapSubject =
  | {
      readonly of: 'plane'
      readonly kind: PlaneMap
      readonly planeId: PlaneId
      readonly channel: string
    }
  | {
      readonly of: 'prediction'
      readonly kind: PredictionMap
      readonly record: RecordId
      /** In which networks looked; null where that is not known. */
      readonly channel: string | null
    }

export interface FieldState {
  readonly field: FieldInHand
  /** The fields of the same well, in the order of their sites. */
  readonly wellFields: readonly FieldRow[]
  readonly looks: readonly ChannelLook[]
  /** What was chosen; each field shows the nearest it has. */
  readonly focus: Focus | null
  readonly outlines: boolean
  /** The measure that objects are filled by. */
  readonly fill: string | null
  readonly objects: ObjectsInHand
  /** The object somebody chose; 0 for none. */
  readonly selected: number
  readonly map: MapInHand
  /** How far a map covers the image, 0 to 1. */
  readonly mapOpacity: number
  readonly why: boolean
  readonly rules: RulesInUse | null
  readonly comparison: Comparison | null
}

export const NO_FIELD: FieldState = {
  field: { status: 'idle' },
  wellFields: [],
  looks: [],
  focus: null,
  outlines: false,
  fill: null,
  objects: { status: 'none' },
  selected: 0,
  map: { status: 'none' },
  mapOpacity: 0.6,
  why: false,
  rules: null,
  comparison: null,
}

export type FieldEvent =
  | { readonly type: 'asked'; readonly fieldId: FieldId; readonly planeId: PlaneId | null }
  | { readonly type: 'opened'; readonly fieldId: FieldId; readonly opened: OpenedField }
  | { readonly type: 'open-failed'; readonly fieldId: FieldId; readonly fault: Fault }
  | {
      readonly type: 'described'
      readonly fieldId: FieldId
      readonly planes: ReadonlyMap<PlaneId, Result<PlaneDescription>>
    }
  | { readonly type: 'well-read'; readonly fields: readonly FieldRow[] }
  | { readonly type: 'looked'; readonly look: ChannelLook }
  | { readonly type: 'focused'; readonly focus: Focus }
  | { readonly type: 'outlined'; readonly outlines: boolean }
  | { readonly type: 'filled'; readonly fill: string | null }
  | { readonly type: 'objects-changed'; readonly objects: ObjectsInHand }
  | { readonly type: 'selected'; readonly label: number }
  | { readonly type: 'map-changed'; readonly map: MapInHand }
  | { readonly type: 'map-faded'; readonly opacity: number }
  | { readonly type: 'why-asked'; readonly why: boolean }
  | { readonly type: 'rules-read'; readonly rules: RulesInUse }
  | { readonly type: 'compared'; readonly comparison: Comparison | null }

export function reduceField(state: FieldState, event: FieldEvent): FieldState {
  const { field } = state
  switch (event.type) {
    case 'asked':
      return { ...state, ...asked(state, event.fieldId, event.planeId) }
    case 'opened':
      if (field.status === 'idle' || field.fieldId !== event.fieldId) return state
      return {
        ...state,
        field: { ...placeOf(field), status: 'shown', opened: event.opened },
        looks: keptLooks(state.looks, channelsOf(event.opened.details.field)),
        map: isOutdated(state.map, event.opened) ? { status: 'none' } : state.map,
      }
    case 'open-failed':
      if (field.status === 'idle' || field.fieldId !== event.fieldId) return state
      return { ...state, field: { ...placeOf(field), status: 'failed', fault: event.fault } }
    case 'described':
      return described(state, event.fieldId, event.planes)
    case 'well-read':
      return { ...state, wellFields: event.fields }
    case 'looked':
      return {
        ...state,
        looks: state.looks.map(look => (look.channel === event.look.channel ? event.look : look)),
      }
    case 'focused':
      return {
        ...state,
        focus: event.focus,
        // Whoever turns through a stack no longer looks at the plane they came for.
        field: field.status === 'shown' ? { ...field, planeId: null } : field,
      }
    case 'outlined':
      return { ...state, outlines: event.outlines }
    case 'filled':
      return { ...state, fill: event.fill }
    case 'objects-changed':
      return isStrange(state, event.objects) ? state : { ...state, objects: event.objects }
    case 'selected':
      return { ...state, selected: event.label }
    case 'map-changed':
      return { ...state, map: event.map }
    case 'map-faded':
      return { ...state, mapOpacity: event.opacity }
    case 'why-asked':
      return { ...state, why: event.why }
    case 'rules-read':
      return { ...state, rules: event.rules }
    case 'compared':
      return { ...state, comparison: event.comparison }
    default:
      return assertNever(event)
  }
}

/** The focus of the field in hand, and the planes that are seen of it. */
export function shownOf({ field, focus }: FieldState) {
  if (field.status !== 'shown') return null
  const row = field.opened.details.field
  const seen = focusFor(row, field.planeId, focus)
  return { focus: seen, channels: planesShown(row, seen, field.planeId) }
}

function asked(state: FieldState, fieldId: FieldId, planeId: PlaneId | null): Partial<FieldState> {
  const { field } = state
  if (field.status === 'shown' && field.fieldId === fieldId) return { field: { ...field, planeId } }
  return {
    field: { status: 'loading', fieldId, planeId },
    objects: { status: 'none' },
    selected: 0,
    map: { status: 'none' },
    comparison: null,
  }
}

function described(
  state: FieldState,
  fieldId: FieldId,
  planes: ReadonlyMap<PlaneId, Result<PlaneDescription>>,
): FieldState {
  const { field, comparison } = state
  const wider = (opened: OpenedField): OpenedField => ({
    ...opened,
    described: new Map([...opened.described, ...planes]),
  })
  if (field.status === 'shown' && field.fieldId === fieldId) {
    return { ...state, field: { ...field, opened: wider(field.opened) } }
  }
  const other = comparison?.other
  if (comparison === null || other?.status !== 'shown') return state
  if (other.opened.details.field.fieldId !== fieldId) return state
  return {
    ...state,
    comparison: { ...comparison, other: { ...other, opened: wider(other.opened) } },
  }
}

/** Objects of a field that somebody has since left. */
function isStrange({ field }: FieldState, objects: ObjectsInHand): boolean {
  if (objects.status === 'none') return false
  return field.status !== 'shown' || field.opened.details.field.objects?.record !== objects.record
}

/** A map of what networks said before they were asked again. */
function isOutdated(map: MapInHand, { details }: OpenedField): boolean {
  if (map.status === 'none' || map.of === 'plane') return false
  return details.prediction?.record !== map.record
}

/** Looks of these channels first and in this order; those of other channels stay for when they come back. */
function keptLooks(
  looks: readonly ChannelLook[],
  channels: readonly string[],
): readonly ChannelLook[] {
  const others = looks.filter(({ channel }) => !channels.includes(channel))
  return [...looksFor(channels, looks), ...others]
}

function placeOf({ fieldId, planeId }: Exclude<FieldInHand, { status: 'idle' }>) {
  return { fieldId, planeId }
}
