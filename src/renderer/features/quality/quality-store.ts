import { listen, type Bridge } from '#contract/client.ts'
import { events, type ParfocalApi } from '#contract/index.ts'
import type { PlateId } from '#core/brand.ts'
import { createObservable } from '../../lib/observable.ts'
import {
  FIRST_SELECTION,
  metricsOf,
  reduceSelection,
  type Selection,
  type SelectionEvent,
} from './selection.ts'
import { reducePlateQuality, type PlateQuality, type PlateQualityEvent } from './plate-quality.ts'
import { createRulesStore, type RulesApi } from './rules-store.ts'

export type QualityApi = RulesApi &
  Pick<ParfocalApi, 'plates.open' | 'quality.planes' | 'fields.doubted'>

/** Between two questions for what was judged since: the eye needs no more. */
const PAUSE_MS = 400

/** How the planes of one plate come out, kept up to date while it arrives. */
export function createQualityStore(
  api: QualityApi,
  bridge: Bridge,
  pauses: { readonly followMs?: number; readonly previewMs?: number } = {},
) {
  const { followMs = PAUSE_MS, previewMs } = pauses

  const plate = createObservable<PlateQuality>({ status: 'idle' })
  const selection = createObservable<Selection>(FIRST_SELECTION)
  const rules = createRulesStore(api, bridge, previewMs)
  /** Whether pages are being asked for, and whether something came since the last began. */
  let following = false
  let behind = false

  function emit(event: PlateQualityEvent): void {
    plate.set(reducePlateQuality(plate.getSnapshot(), event))
  }

  /** Asks page by page until nothing new is there; one question at a time. */
  async function follow(): Promise<void> {
    behind = true
    if (following) return
    following = true
    while (behind) {
      behind = false
      if (await readPage()) behind = true
      else await new Promise(resolve => setTimeout(resolve, followMs))
    }
    following = false
  }

  /** How many fields networks leave to a person; the number before stays where it cannot be had. */
  async function readDoubted(plateId: PlateId): Promise<void> {
    const reply = await api['fields.doubted']({ plateId })
    if (reply.ok) emit({ type: 'doubted', plateId, fields: reply.value.fields })
  }

  /** @returns whether there is more already. */
  async function readPage(): Promise<boolean> {
    const state = plate.getSnapshot()
    if (state.status !== 'open') return false
    const { plateId, reading, cursor: after } = state
    const metrics = [...metricsOf(selection.getSnapshot())]
    const reply = await api['quality.planes']({ plateId, after, metrics })
    if (!reply.ok) {
      emit({ type: 'judged-failed', plateId, reading, fault: reply.fault })
      return false
    }
    emit({ type: 'judged', plateId, reading, page: reply.value })
    if (!reply.value.more) await readDoubted(plateId)
    if (reply.value.planeId.length > 0) rules.plateGrew()
    return reply.value.more
  }

  function reread(): void {
    const state = plate.getSnapshot()
    if (state.status !== 'open') return
    emit({ type: 'reread', plateId: state.plateId })
    void follow()
  }

  listen(events, bridge, 'plate.changed', ({ summary }) => {
    const { plateId } = summary
    emit({ type: 'changed', plateId, summary })
    const state = plate.getSnapshot()
    if (state.status === 'open' && state.plateId === plateId) void follow()
  })
  // Another recipe judges everything again: what stands now is not what stood.
  listen(events, bridge, 'recipe.changed', reread)

  return {
    plate,
    selection,
    rules,

    select(event: SelectionEvent): void {
      const before = metricsOf(selection.getSnapshot())
      selection.set(reduceSelection(selection.getSnapshot(), event))
      const wanted = metricsOf(selection.getSnapshot())
      if (wanted.some(metric => !before.includes(metric))) reread()
    },

    async open(plateId: PlateId): Promise<void> {
      void rules.read()
      rules.of(plateId)
      const state = plate.getSnapshot()
      if (state.status === 'open' && state.plateId === plateId) return void follow()
      selection.set(reduceSelection(selection.getSnapshot(), { type: 'cleared' }))
      emit({ type: 'requested', plateId })
      const reply = await api['plates.open']({ plateId })
      if (!reply.ok) return emit({ type: 'open-failed', plateId, fault: reply.fault })
      emit({ type: 'opened', plateId, summary: reply.value.summary })
      void follow()
    },

    reread,
  }
}

export type QualityStore = ReturnType<typeof createQualityStore>
