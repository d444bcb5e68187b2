import type { PlateSummary } from '#contract/plates.ts'
import type { Fault } from '#core/fault.ts'

export type PlatesState =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly fault: Fault }
  /** Newest first. */
  | { readonly status: 'listed'; readonly plates: readonly PlateSummary[] }

export type PlatesEvent =
  | { readonly type: 'listed'; readonly plates: readonly PlateSummary[] }
  | { readonly type: 'failed'; readonly fault: Fault }
  | { readonly type: 'changed'; readonly summary: PlateSummary }

export function reducePlates(state: PlatesState, event: PlatesEvent): PlatesState {
  switch (event.type) {
    case 'listed':
      return { status: 'listed', plates: event.plates }
    case 'failed':
      // A list that is on screen stays there when it cannot be had anew.
      return state.status === 'listed' ? state : { status: 'failed', fault: event.fault }
    case 'changed': {
      if (state.status !== 'listed') return state
      const { summary } = event
      if (summary.identifiedOtherwise) {
        const plates = state.plates.filter(({ plateId }) => plateId !== summary.plateId)
        return { status: 'listed', plates }
      }
      const known = state.plates.some(({ plateId }) => plateId === summary.plateId)
      const plates = known
        ? state.plates.map(plate => (plate.plateId === summary.plateId ? summary : plate))
        : [summary, ...state.plates]
      return { status: 'listed', plates }
    }
  }
}
