import type { PlateCompleteness } from '#contract/completeness.ts'
import type {
  FieldRow,
  LayoutWell,
  PlateDetails,
  PlateSummary,
  WellRow,
  WellValues,
} from '#contract/plates.ts'
import type { PlateId } from '#core/brand.ts'
import { assertNever, type Fault } from '#core/fault.ts'
import type { LayoutProposal } from './layout-proposal.ts'
import { changeLook, FIRST_LOOK, quantityKey, type Look } from './look.ts'

/** Plates are compared side by side; more than four leave no room for 1536 wells. */
export const MOST_PLATES = 4

export type ShownPlate =
  | { readonly status: 'loading'; readonly plateId: PlateId }
  | { readonly status: 'failed'; readonly plateId: PlateId; readonly fault: Fault }
  | OpenPlate

export interface OpenPlate {
  readonly status: 'open'
  readonly plateId: PlateId
  readonly details: PlateDetails
  /** The numbers last asked for, and by which key; those of another quantity are kept until they come. */
  readonly numbers: PlateNumbers | null
  readonly numbersFault: Fault | null
  readonly arrivals: ArrivalsInHand
  /** When its pictures were last out of date: part of their address. */
  readonly moment: string
}

/** What is late and missing; what was known before stays in sight until the next answer. */
export type ArrivalsInHand =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly fault: Fault }
  | { readonly status: 'known'; readonly completeness: PlateCompleteness }

export interface PlateNumbers {
  readonly key: string
  readonly values: WellValues
}

/** What somebody has pointed at on a plate: wells by their index, row by row. */
export interface Pointing {
  readonly focus: number
  /** Where a selection by Shift began. */
  readonly anchor: number
  readonly selected: ReadonlySet<number>
}

export type WellFields =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly fault: Fault }
  | { readonly status: 'known'; readonly fields: readonly FieldRow[]; readonly stale: boolean }

export interface PlateState {
  /** The first is the one that the address names. */
  readonly plates: readonly ShownPlate[]
  readonly choice: readonly PlateSummary[]
  readonly look: Look
  /** The plate that the keyboard and the panel are about. */
  readonly active: PlateId | null
  readonly pointing: ReadonlyMap<PlateId, Pointing>
  /** By {@link fieldsKey}. */
  readonly fields: ReadonlyMap<string, WellFields>
  readonly proposal: LayoutProposal | null
  /** The last thing that did not work out and concerns no single plate's opening. */
  readonly fault: Fault | null
}

export type PlateEvent =
  | { readonly type: 'shown'; readonly plateId: PlateId }
  | { readonly type: 'joined'; readonly plateId: PlateId }
  | { readonly type: 'left'; readonly plateId: PlateId }
  | { readonly type: 'opened'; readonly plateId: PlateId; readonly details: PlateDetails }
  | { readonly type: 'open-failed'; readonly plateId: PlateId; readonly fault: Fault }
  | {
      readonly type: 'changed'
      readonly plateId: PlateId
      readonly summary: PlateSummary
      readonly wells: readonly WellRow[]
    }
  | {
      readonly type: 'valued'
      readonly plateId: PlateId
      readonly key: string
      readonly values: WellValues
    }
  | { readonly type: 'value-failed'; readonly plateId: PlateId; readonly fault: Fault }
  | {
      readonly type: 'arrivals-read'
      readonly plateId: PlateId
      readonly arrivals: ArrivalsInHand
    }
  | { readonly type: 'pictured'; readonly plateId: PlateId; readonly moment: string }
  | { readonly type: 'mapped'; readonly plateId: PlateId; readonly layout: readonly LayoutWell[] }
  | { readonly type: 'pointed'; readonly plateId: PlateId; readonly pointing: Pointing }
  | {
      readonly type: 'fields-changed'
      readonly plateId: PlateId
      readonly well: string | null
      readonly fields: WellFields
    }
  | { readonly type: 'listed'; readonly plates: readonly PlateSummary[] }
  | { readonly type: 'looked'; readonly look: Partial<Look> }
  | { readonly type: 'proposed'; readonly proposal: LayoutProposal | null }
  | { readonly type: 'faulted'; readonly fault: Fault | null }

export const FIRST_STATE: PlateState = {
  plates: [],
  choice: [],
  look: FIRST_LOOK,
  active: null,
  pointing: new Map(),
  fields: new Map(),
  proposal: null,
  fault: null,
}

const NOTHING_READ = {
  numbers: null,
  numbersFault: null,
  arrivals: { status: 'loading' },
  moment: '0',
} as const

const UNTOUCHED: Pointing = { focus: 0, anchor: 0, selected: new Set() }

export function pointingAt(state: PlateState, plateId: PlateId): Pointing {
  return state.pointing.get(plateId) ?? UNTOUCHED
}

/** @param well null for images without a well. */
export function fieldsKey(plateId: PlateId, well: string | null): string {
  return `${plateId}/${well ?? ''}`
}

export function reducePlate(state: PlateState, event: PlateEvent): PlateState {
  switch (event.type) {
    case 'listed':
      return { ...state, choice: event.plates }
    case 'looked':
      return { ...state, look: changeLook(state.look, event.look) }
    case 'proposed':
      return { ...state, proposal: event.proposal, fault: null }
    case 'faulted':
      return { ...state, fault: event.fault }
    case 'shown':
      return show(state, event.plateId)
    case 'joined':
      return join(state, event.plateId)
    case 'left':
    case 'opened':
    case 'open-failed':
    case 'changed':
    case 'valued':
    case 'value-failed':
    case 'arrivals-read':
    case 'pictured':
    case 'mapped':
    case 'pointed':
    case 'fields-changed':
      // Replies for a plate that is not on screen any more arrive late and are dropped.
      if (!state.plates.some(({ plateId }) => plateId === event.plateId)) return state
      return reduceOne(state, event)
    default:
      return assertNever(event)
  }
}

type GlobalEvent = 'listed' | 'looked' | 'proposed' | 'faulted' | 'shown' | 'joined'

function reduceOne(
  state: PlateState,
  event: Exclude<PlateEvent, { readonly type: GlobalEvent }>,
): PlateState {
  const { plateId } = event
  switch (event.type) {
    case 'left':
      return leave(state, plateId)
    case 'opened': {
      const known = state.plates.find(plate => plate.plateId === plateId)
      const kept = known?.status === 'open' ? known : NOTHING_READ
      return replace(state, { ...kept, status: 'open', plateId, details: event.details })
    }
    case 'open-failed':
      return replace(state, { status: 'failed', plateId, fault: event.fault })
    case 'changed':
      return outdate(
        change(state, plateId, plate => ({
          details: {
            ...plate.details,
            summary: event.summary,
            wells: mergeWells(plate.details.wells, event.wells),
          },
        })),
        plateId,
        event.wells,
      )
    case 'valued': {
      const { colourBy } = state.look
      const asked = colourBy.kind === 'quantity' ? quantityKey(colourBy.quantity) : null
      if (asked !== event.key) return state
      const { key, values } = event
      return change(state, plateId, () => ({ numbers: { key, values }, numbersFault: null }))
    }
    case 'value-failed':
      return change(state, plateId, () => ({ numbersFault: event.fault }))
    case 'arrivals-read':
      return change(state, plateId, () => ({ arrivals: event.arrivals }))
    case 'pictured':
      return change(state, plateId, () => ({ moment: event.moment }))
    case 'mapped':
      return {
        ...change(state, plateId, plate => ({
          details: { ...plate.details, layout: [...event.layout] },
        })),
        fault: null,
      }
    case 'pointed':
      return {
        ...state,
        active: plateId,
        pointing: new Map(state.pointing).set(plateId, event.pointing),
      }
    case 'fields-changed':
      return {
        ...state,
        fields: new Map(state.fields).set(fieldsKey(plateId, event.well), event.fields),
      }
    default:
      return assertNever(event)
  }
}

/** Puts a plate first; those beside it stay. One that is open already stays as it is. */
function show(state: PlateState, plateId: PlateId): PlateState {
  const known = state.plates.find(plate => plate.plateId === plateId)
  const first: ShownPlate = known?.status === 'open' ? known : { status: 'loading', plateId }
  const others = state.plates.slice(1).filter(plate => plate.plateId !== plateId)
  return { ...state, plates: [first, ...others], active: plateId }
}

function join(state: PlateState, plateId: PlateId): PlateState {
  const { plates } = state
  const full = plates.length >= MOST_PLATES
  if (full || plates.some(plate => plate.plateId === plateId)) return state
  return { ...state, plates: [...plates, { status: 'loading', plateId }] }
}

function leave(state: PlateState, plateId: PlateId): PlateState {
  const plates = state.plates.filter(plate => plate.plateId !== plateId)
  const active = state.active === plateId ? (plates[0]?.plateId ?? null) : state.active
  return { ...state, plates, active }
}

function replace(state: PlateState, plate: ShownPlate): PlateState {
  const plates = state.plates.map(known => (known.plateId === plate.plateId ? plate : known))
  return { ...state, plates }
}

function change(
  state: PlateState,
  plateId: PlateId,
  changed: (plate: OpenPlate) => Partial<OpenPlate>,
): PlateState {
  const plate = state.plates.find(known => known.plateId === plateId)
  if (plate?.status !== 'open') return state
  return replace(state, { ...plate, ...changed(plate) })
}

function mergeWells(known: readonly WellRow[], changed: readonly WellRow[]): WellRow[] {
  const wells = new Map(known.map(well => [well.well, well]))
  for (const well of changed) wells.set(well.well, well)
  return [...wells.values()]
}

/** What is known of the fields of changed wells is shown until it was read again. */
function outdate(state: PlateState, plateId: PlateId, wells: readonly WellRow[]): PlateState {
  const fields = new Map(state.fields)
  for (const { well } of wells) {
    const known = fields.get(fieldsKey(plateId, well))
    if (known?.status === 'known') fields.set(fieldsKey(plateId, well), { ...known, stale: true })
  }
  return { ...state, fields }
}
