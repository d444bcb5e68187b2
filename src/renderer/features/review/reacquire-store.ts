import { listen, type Bridge } from '#contract/client.ts'
import { events, type ParfocalApi } from '#contract/index.ts'
import type { Reacquisition } from '#contract/review.ts'
import type { PlateId } from '#core/brand.ts'
import type { Fault } from '#core/fault.ts'
import { createObservable } from '../../lib/observable.ts'
import { watchedRefresh } from './watched-refresh.ts'

export type ReacquireApi = Pick<
  ParfocalApi,
  'review.reacquire' | 'plates.list' | 'settings.read' | 'about.read'
>

export type ReacquireState =
  | { readonly status: 'idle' }
  | { readonly status: 'loading'; readonly plateId: PlateId }
  | { readonly status: 'failed'; readonly plateId: PlateId; readonly fault: Fault }
  | {
      readonly status: 'listed'
      readonly plateId: PlateId
      /** Its name. */
      readonly plate: string
      /** Where its images are: names alone do not tell plates apart on paper. */
      readonly folder: string
      /** Who signs; for the head of the page. */
      readonly operator: string
      readonly items: readonly Reacquisition[]
      readonly at: Date
    }

const REFRESH_MS = 2000

/** What to image again on the plate that is on screen, kept up to date while images arrive. */
export function createReacquireStore(api: ReacquireApi, bridge: Bridge, now = () => new Date()) {
  const state = createObservable<ReacquireState>({ status: 'idle' })
  const refreshing = watchedRefresh(REFRESH_MS, () => {
    const shown = state.getSnapshot()
    if (shown.status === 'listed') void read(shown.plateId)
  })

  async function read(plateId: PlateId): Promise<void> {
    const [list, plates, settings, about] = await Promise.all([
      api['review.reacquire']({ plateId }),
      api['plates.list'](),
      api['settings.read'](),
      api['about.read'](),
    ])
    const shown = state.getSnapshot()
    // A reply about a plate that somebody has since left.
    if (shown.status === 'idle' || shown.plateId !== plateId) return
    if (!list.ok) return state.set({ status: 'failed', plateId, fault: list.fault })
    if (!plates.ok) return state.set({ status: 'failed', plateId, fault: plates.fault })
    const plate = plates.value.find(known => known.plateId === plateId)
    const signs = settings.ok ? settings.value.operator : ''
    state.set({
      status: 'listed',
      plateId,
      plate: plate?.name ?? '',
      folder: plate?.folder ?? '',
      operator: signs === '' && about.ok ? about.value.osUser : signs,
      items: list.value,
      at: now(),
    })
  }

  function refreshSoon(plateId: PlateId): void {
    const shown = state.getSnapshot()
    if (shown.status === 'listed' && shown.plateId === plateId) refreshing.soon()
  }

  listen(events, bridge, 'plate.changed', ({ summary }) => refreshSoon(summary.plateId))
  listen(events, bridge, 'review.changed', ({ plateId }) => refreshSoon(plateId))

  return {
    getSnapshot: state.getSnapshot,
    subscribe: state.subscribe,
    /** Keeps the list up to date until the view is left. @returns leaves it. */
    watch: refreshing.watch,
    async open(plateId: PlateId): Promise<void> {
      const shown = state.getSnapshot()
      if (shown.status !== 'listed' || shown.plateId !== plateId) {
        state.set({ status: 'loading', plateId })
      }
      await read(plateId)
    },
  }
}

export type ReacquireStore = ReturnType<typeof createReacquireStore>
