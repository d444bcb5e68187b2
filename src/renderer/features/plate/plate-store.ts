import { listen, type Bridge } from '#contract/client.ts'
import { events, type ParfocalApi } from '#contract/index.ts'
import type { FieldRow, PlateSummary } from '#contract/plates.ts'
import type { PlateId } from '#core/brand.ts'
import { createObservable } from '../../lib/observable.ts'
import { atMostEvery } from './at-most-every.ts'
import { quantityKey, type Look } from './look.ts'
import {
  fieldsKey,
  FIRST_STATE,
  reducePlate,
  type PlateEvent,
  type PlateState,
  type Pointing,
} from './plate-state.ts'

export type PlateApi = Pick<
  ParfocalApi,
  | 'plates.list'
  | 'plates.open'
  | 'plates.values'
  | 'plates.fields'
  | 'plates.completeness'
  | 'layouts.read'
  | 'plates.annotate'
>

/** While images arrive, numbers and pictures are asked for no oftener than this. */
const REFRESH_MS = 2000
/** Browsers keep no longer time. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The plates that are on screen, kept up to date while images arrive. */
export function createPlateStore(api: PlateApi, bridge: Bridge) {
  const state = createObservable<PlateState>(FIRST_STATE)
  const refreshers = new Map<PlateId, () => void>()
  const ends = new Map<PlateId, ReturnType<typeof setTimeout>>()
  const emit = (event: PlateEvent): void => state.set(reducePlate(state.getSnapshot(), event))

  listen(events, bridge, 'plate.changed', ({ summary, wells }) => {
    const { plateId } = summary
    if (!state.getSnapshot().plates.some(plate => plate.plateId === plateId)) return
    const grown = hasGrown(state.getSnapshot(), summary)
    emit({ type: 'changed', plateId, summary, wells })
    if (grown) void readDetails(plateId)
    if (wells.length > 0) refresherOf(plateId)()
  })

  function refresherOf(plateId: PlateId): () => void {
    const known = refreshers.get(plateId)
    if (known !== undefined) return known
    const refresh = atMostEvery(REFRESH_MS, () => {
      emit({ type: 'pictured', plateId, moment: momentNow() })
      void readValues(plateId)
      void readArrivals(plateId)
    })
    refreshers.set(plateId, refresh)
    return refresh
  }

  async function open(plateId: PlateId): Promise<void> {
    if (!(await readDetails(plateId))) return
    emit({ type: 'pictured', plateId, moment: momentNow() })
    await Promise.all([readValues(plateId), readArrivals(plateId)])
  }

  async function readDetails(plateId: PlateId): Promise<boolean> {
    const reply = await api['plates.open']({ plateId })
    if (reply.ok) emit({ type: 'opened', plateId, details: reply.value })
    else emit({ type: 'open-failed', plateId, fault: reply.fault })
    return reply.ok
  }

  /** What is late and missing; a run that ends in silence is asked about again when it does. */
  async function readArrivals(plateId: PlateId): Promise<void> {
    clearTimeout(ends.get(plateId))
    const reply = await api['plates.completeness']({ plateId })
    const arrivals = reply.ok
      ? ({ status: 'known', completeness: reply.value } as const)
      : ({ status: 'failed', fault: reply.fault } as const)
    emit({ type: 'arrivals-read', plateId, arrivals })
    if (!reply.ok || reply.value.endsAt === null) return
    const wait = Date.parse(reply.value.endsAt) - Date.now() + 1000
    if (wait > LONGEST_TIMER_MS) return
    clearTimeout(ends.get(plateId))
    const ask = () => {
      const shown = state.getSnapshot().plates.some(plate => plate.plateId === plateId)
      if (shown) void readArrivals(plateId)
    }
    ends.set(plateId, setTimeout(ask, Math.max(wait, REFRESH_MS)))
  }

  async function readValues(plateId: PlateId): Promise<void> {
    const { colourBy } = state.getSnapshot().look
    if (colourBy.kind !== 'quantity') return
    const { quantity } = colourBy
    const reply = await api['plates.values']({ plateId, quantity })
    if (!reply.ok) return emit({ type: 'value-failed', plateId, fault: reply.fault })
    emit({ type: 'valued', plateId, key: quantityKey(quantity), values: reply.value })
  }

  async function readFields(plateId: PlateId, well: string | null): Promise<readonly FieldRow[]> {
    const known = state.getSnapshot().fields.get(fieldsKey(plateId, well))
    if (known?.status !== 'known') {
      emit({ type: 'fields-changed', plateId, well, fields: { status: 'loading' } })
    } else {
      emit({ type: 'fields-changed', plateId, well, fields: { ...known, stale: false } })
    }
    const reply = await api['plates.fields']({ plateId, well, history: false })
    const fields = reply.ok
      ? ({ status: 'known', fields: reply.value, stale: false } as const)
      : ({ status: 'failed', fault: reply.fault } as const)
    emit({ type: 'fields-changed', plateId, well, fields })
    return reply.ok ? reply.value : []
  }

  return {
    getSnapshot: state.getSnapshot,
    subscribe: state.subscribe,
    readFields,
    readArrivals,

    /** Puts a plate first and reads it; one that was left comes back as it stands now. */
    async show(plateId: PlateId): Promise<void> {
      emit({ type: 'shown', plateId })
      await open(plateId)
    },

    async join(plateId: PlateId): Promise<void> {
      emit({ type: 'joined', plateId })
      await open(plateId)
    },

    leave: (plateId: PlateId): void => emit({ type: 'left', plateId }),

    async list(): Promise<void> {
      const reply = await api['plates.list']()
      if (reply.ok) emit({ type: 'listed', plates: reply.value })
      else emit({ type: 'faulted', fault: reply.fault })
    },

    async look(change: Partial<Look>): Promise<void> {
      emit({ type: 'looked', look: change })
      if (change.colourBy === undefined) return
      await Promise.all(state.getSnapshot().plates.map(({ plateId }) => readValues(plateId)))
    },

    point: (plateId: PlateId, pointing: Pointing): void =>
      emit({ type: 'pointed', plateId, pointing }),

    /** Reads a platemap; it counts once somebody has applied it. */
    async proposeLayout(plateId: PlateId, file: string, csv: string): Promise<void> {
      const reply = await api['layouts.read']({ csv })
      if (!reply.ok) return emit({ type: 'faulted', fault: reply.fault })
      const layout = reply.value
      emit({ type: 'proposed', proposal: { kind: 'replace', plateId, file, csv, layout } })
    },

    proposeNoLayout: (plateId: PlateId): void =>
      emit({ type: 'proposed', proposal: { kind: 'remove', plateId } }),

    leaveLayout: (): void => emit({ type: 'proposed', proposal: null }),

    async applyLayout(): Promise<void> {
      const { proposal } = state.getSnapshot()
      if (proposal === null) return
      emit({ type: 'proposed', proposal: null })
      const { plateId } = proposal
      const csv = proposal.kind === 'replace' ? proposal.csv : null
      const reply = await api['plates.annotate']({ plateId, csv })
      if (reply.ok) emit({ type: 'mapped', plateId, layout: reply.value })
      else emit({ type: 'faulted', fault: reply.fault })
    },

    dismissFault: (): void => emit({ type: 'faulted', fault: null }),
  }
}

export type PlateStore = ReturnType<typeof createPlateStore>

/** Different from every moment before it, also after the window was opened again: pictures are kept by their address. */
function momentNow(): string {
  return Date.now().toString(36)
}

/** Whether there is a run, or an index, of which the details of a plate do not tell yet. */
function hasGrown(
  { plates }: PlateState,
  { plateId, acquisitions, expected }: PlateSummary,
): boolean {
  const plate = plates.find(known => known.plateId === plateId)
  if (plate?.status !== 'open') return false
  const { details } = plate
  const promised = expected !== null && details.summary.expected === null
  return promised || acquisitions !== details.summary.acquisitions
}
