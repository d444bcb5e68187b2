import { listen, type Bridge } from '#contract/client.ts'
import { events, type ParfocalApi } from '#contract/index.ts'
import type { FieldRow, PlaneRow } from '#contract/plates.ts'
import type { FieldId, PlaneId, PlateId } from '#core/brand.ts'
import { ok } from '#core/fault.ts'
import { createObservable } from '../../lib/observable.ts'
import type { PixelSource } from '../../lib/pixels.ts'
import type { CameraWish } from './camera.ts'
import type { ChannelLook } from './channel-look.ts'
import { createFieldShelf } from './field-shelf.ts'
import {
  NO_FIELD,
  reduceField,
  shownOf,
  type Comparison,
  type FieldEvent,
  type FieldState,
  type MapKind,
  type OtherField,
  type PlaneMap,
} from './field-state.ts'
import type { OpenedField } from './picture.ts'
import { focusFor, planesShown, type Focus } from './planes-shown.ts'
import { wishedMap } from './wished-map.ts'

type Calls = Pick<
  ParfocalApi,
  'fields.open' | 'fields.objects' | 'fields.reference' | 'plates.fields' | 'quality.rules'
>

/** Plates that are being acquired change many times a second; one look a second is enough. */
const REFRESH_MS = 1000

export function createFieldStore(api: Calls, bridge: Bridge, pixels: PixelSource) {
  let state: FieldState = NO_FIELD
  const listeners = new Set<() => void>()
  const shelf = createFieldShelf(api, pixels)
  const camera = createObservable<CameraWish>('fit')
  const neighbours = createObservable<readonly OpenedField[]>([])
  let mapControl = new AbortController()
  let refresh: ReturnType<typeof setTimeout> | null = null

  function emit(event: FieldEvent): void {
    const before = state
    state = reduceField(state, event)
    if (state !== before) for (const listener of listeners) listener()
  }

  function wanted(asked: PlaneId | null): (field: FieldRow) => readonly PlaneRow[] {
    return field =>
      planesShown(field, focusFor(field, asked, state.focus), asked).flatMap(each => each.planes)
  }

  /** Is it still the field that is asked for? */
  function inHand(fieldId: FieldId): boolean {
    return state.field.status !== 'idle' && state.field.fieldId === fieldId
  }

  async function load(fieldId: FieldId, planeId: PlaneId | null): Promise<void> {
    const result = await shelf.open(fieldId, wanted(planeId))
    if (!inHand(fieldId)) return
    if (!result.ok) return emit({ type: 'open-failed', fieldId, fault: result.fault })
    emit({ type: 'opened', fieldId, opened: result.value })
    void readObjects()
    if (state.why) void readMap(chosenMap())
    await Promise.all([describeShown(), readWell(result.value.details.field)])
  }

  /** Asks about planes that came into sight and are not known yet. */
  async function describeShown(): Promise<void> {
    const { field, comparison } = state
    const shown = shownOf(state)
    if (field.status !== 'shown' || shown === null) return
    const open = [[field.opened, field.planeId] as const]
    if (comparison?.other.status === 'shown') {
      open.push([comparison.other.opened, comparison.other.planeId])
    }
    for (const [{ details, described }, asked] of open) {
      const focus =
        asked === field.planeId ? shown.focus : focusFor(details.field, asked, shown.focus)
      const planes = planesShown(details.field, focus, asked)
        .flatMap(each => each.planes)
        .filter(({ planeId, state }) => state !== 'unreadable' && !described.has(planeId))
      if (planes.length === 0) continue
      const { fieldId } = details.field
      emit({ type: 'described', fieldId, planes: await shelf.describe(planes) })
    }
  }

  async function readWell({ plateId, well }: FieldRow): Promise<void> {
    const [known] = state.wellFields
    if (known !== undefined && known.plateId === plateId && known.well === well) return
    const reply = await api['plates.fields']({ plateId, well, history: false })
    if (reply.ok) emit({ type: 'well-read', fields: reply.value })
  }

  /** Opens the fields before and after, so that going there takes no time. */
  async function openAhead(): Promise<void> {
    const { field } = state
    if (field.status !== 'shown') return
    const { fieldId, opened } = field
    const found: OpenedField[] = []
    for (const id of [opened.details.next, opened.details.previous]) {
      if (id === null) continue
      const result = await shelf.open(id, wanted(null))
      if (!inHand(fieldId)) return
      if (result.ok) found.push(result.value)
      neighbours.set([...found])
    }
  }

  async function readObjects(): Promise<void> {
    const { field, objects } = state
    if (field.status !== 'shown') return
    const record = field.opened.details.field.objects?.record
    if (record === undefined) return emit({ type: 'objects-changed', objects: { status: 'none' } })
    if (objects.status === 'shown' && objects.record === record) return
    emit({ type: 'objects-changed', objects: { status: 'loading', record } })
    const reply = await api['fields.objects']({ record })
    emit({
      type: 'objects-changed',
      objects: reply.ok
        ? { status: 'shown', record, objects: reply.value }
        : { status: 'failed', record, fault: reply.fault },
    })
  }

  /** The map that explains best why a plane was flagged. */
  function chosenMap(): PlaneMap {
    if (state.map.status !== 'none' && state.map.of === 'plane') return state.map.kind
    const reasons = flaggedPlane()?.reasons ?? []
    return reasons.includes('saturated') ? 'saturation' : 'sharpness'
  }

  /** The plane that a question about the field is about: the one asked for, else the worst in sight. */
  function flaggedPlane(): PlaneRow | null {
    if (state.field.status !== 'shown') return null
    const asked = state.field.planeId
    const planes = (shownOf(state)?.channels ?? []).flatMap(each => each.planes)
    return (
      planes.find(({ planeId }) => planeId === asked) ??
      planes.find(plane => plane.state === 'fail') ??
      planes.find(plane => plane.state === 'cannot-judge') ??
      planes.find(plane => plane.state !== 'unreadable') ??
      null
    )
  }

  async function readMap(kind: MapKind | null): Promise<void> {
    mapControl.abort()
    const control = new AbortController()
    mapControl = control
    const { field } = state
    const wished =
      kind === null || field.status !== 'shown'
        ? null
        : wishedMap(kind, field.opened.details, flaggedPlane())
    if (wished === null) return emit({ type: 'map-changed', map: { status: 'none' } })
    const { subject, request } = wished
    emit({ type: 'map-changed', map: { ...subject, status: 'loading' } })
    try {
      const reply = await pixels.samples(request, control.signal)
      if (control.signal.aborted) return
      emit({
        type: 'map-changed',
        map: reply.ok
          ? { ...subject, status: 'shown', samples: reply.value }
          : { ...subject, status: 'failed', fault: reply.fault },
      })
    } catch (cause) {
      if (!control.signal.aborted) throw cause
    }
  }

  /** @param run another imaging run; without one, a good field of the same channel is looked for. */
  async function compare(arrangement: Comparison['arrangement'], run?: FieldId): Promise<void> {
    const { field } = state
    if (field.status !== 'shown') return
    const { fieldId } = field
    const show = (other: OtherField): void => {
      if (!inHand(fieldId)) return
      const kind = run === undefined ? 'reference' : 'run'
      const comparison = { with: kind, arrangement, turned: arrangement === 'turn', other } as const
      emit({ type: 'compared', comparison })
    }
    show({ status: 'loading' })
    const found = run === undefined ? await findReference() : ok({ fieldId: run, planeId: null })
    if (!found.ok) return show({ status: 'failed', fault: found.fault })
    if (found.value === null) return show({ status: 'none' })
    const { planeId } = found.value
    const opened = await shelf.open(found.value.fieldId, wanted(planeId))
    show(
      opened.ok
        ? { status: 'shown', planeId, opened: opened.value }
        : { status: 'failed', fault: opened.fault },
    )
    await describeShown()
  }

  async function findReference() {
    const plane = flaggedPlane()
    return plane === null ? ok(null) : api['fields.reference']({ planeId: plane.planeId })
  }

  function refreshSoon(plateId: PlateId): void {
    const { field } = state
    if (field.status !== 'shown' || field.opened.details.field.plateId !== plateId) return
    shelf.clear()
    refresh ??= setTimeout(() => {
      refresh = null
      if (state.field.status === 'shown') void reload()
    }, REFRESH_MS)
  }

  async function reload(): Promise<void> {
    const { field } = state
    if (field.status === 'idle') return
    emit({ type: 'well-read', fields: [] })
    await load(field.fieldId, field.planeId)
  }

  listen(events, bridge, 'plate.changed', ({ summary, wells }) => {
    const { field } = state
    if (field.status !== 'shown') return
    const { well } = field.opened.details.field
    if (wells.some(changed => changed.well === well)) refreshSoon(summary.plateId)
  })
  listen(events, bridge, 'review.changed', ({ plateId }) => refreshSoon(plateId))
  listen(events, bridge, 'recipe.changed', () => void readRules())

  async function readRules(): Promise<void> {
    const reply = await api['quality.rules']()
    if (reply.ok) emit({ type: 'rules-read', rules: reply.value })
  }

  return {
    getSnapshot: (): FieldState => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** Where one looks at the field; kept from one field to the next. */
    camera,
    /** The fields before and after, opened ahead. */
    neighbours: { getSnapshot: neighbours.getSnapshot, subscribe: neighbours.subscribe },

    async open(fieldId: FieldId, planeId: PlaneId | null): Promise<void> {
      emit({ type: 'asked', fieldId, planeId })
      await load(fieldId, planeId)
    },
    reload,
    openAhead,
    look: (look: ChannelLook): void => emit({ type: 'looked', look }),
    async focus(focus: Focus): Promise<void> {
      emit({ type: 'focused', focus })
      await describeShown()
    },
    outline: (outlines: boolean): void => emit({ type: 'outlined', outlines }),
    fill: (fill: string | null): void => emit({ type: 'filled', fill }),
    select: (label: number): void => emit({ type: 'selected', label }),
    readObjects,
    showMap: readMap,
    fadeMap: (opacity: number): void => emit({ type: 'map-faded', opacity }),
    async askWhy(why: boolean): Promise<void> {
      emit({ type: 'why-asked', why })
      await Promise.all([why ? readRules() : undefined, readMap(why ? chosenMap() : null)])
    },
    compare,
    arrange(change: Partial<Pick<Comparison, 'arrangement' | 'turned'>>): void {
      const { comparison } = state
      if (comparison !== null) {
        emit({ type: 'compared', comparison: { ...comparison, ...change } })
      }
    },
    endComparison: (): void => emit({ type: 'compared', comparison: null }),
    flaggedPlane,
  }
}

export type FieldStore = ReturnType<typeof createFieldStore>
