import type { PlateSummary } from '#contract/plates.ts'
import type { JudgedPlanes } from '#contract/quality.ts'
import type { PlateId } from '#core/brand.ts'
import type { Fault } from '#core/fault.ts'
import { appendJudged, NO_PLANES, type JudgedTable } from './judged-table.ts'

/** The planes of one plate as they are judged. */
export type PlateQuality =
  | { readonly status: 'idle' }
  | { readonly status: 'loading'; readonly plateId: PlateId }
  | { readonly status: 'failed'; readonly plateId: PlateId; readonly fault: Fault }
  | {
      readonly status: 'open'
      readonly plateId: PlateId
      readonly summary: PlateSummary
      readonly table: JudgedTable
      /** The cursor after the last page. */
      readonly cursor: number
      /** Counts the times the table was read from the start: pages of an earlier reading come too late. */
      readonly reading: number
      /** What is read from the start while the table before it is still shown. */
      readonly next: JudgedTable | null
      /** Whether all that was judged is in the table. */
      readonly complete: boolean
      /** Fields that networks leave to a person. */
      readonly doubted: number
      /** Why the table is not up to date, if it is not. */
      readonly stale: Fault | null
    }

export type PlateQualityEvent = { readonly plateId: PlateId } & (
  | { readonly type: 'requested' }
  | { readonly type: 'opened'; readonly summary: PlateSummary }
  | { readonly type: 'open-failed'; readonly fault: Fault }
  | { readonly type: 'changed'; readonly summary: PlateSummary }
  | { readonly type: 'reread' }
  | { readonly type: 'judged'; readonly reading: number; readonly page: JudgedPlanes }
  | { readonly type: 'doubted'; readonly fields: number }
  | { readonly type: 'judged-failed'; readonly reading: number; readonly fault: Fault }
)

export function reducePlateQuality(state: PlateQuality, event: PlateQualityEvent): PlateQuality {
  const { plateId } = event
  if (event.type === 'requested') return { status: 'loading', plateId }
  // Replies for a plate that somebody has left since arrive late and are dropped.
  if (state.status === 'idle' || state.plateId !== plateId) return state
  if (event.type === 'opened') return opened(plateId, event.summary)
  if (event.type === 'open-failed') return { status: 'failed', plateId, fault: event.fault }
  if (state.status !== 'open') return state
  switch (event.type) {
    case 'changed':
      return { ...state, summary: event.summary }
    case 'reread':
      return { ...state, next: NO_PLANES, cursor: 0, reading: state.reading + 1, stale: null }
    case 'judged':
      return event.reading === state.reading ? withPage(state, event.page) : state
    case 'doubted':
      return { ...state, doubted: event.fields }
    case 'judged-failed':
      return event.reading === state.reading ? { ...state, stale: event.fault } : state
  }
}

type Open = Extract<PlateQuality, { readonly status: 'open' }>

function opened(plateId: PlateId, summary: PlateSummary): Open {
  return {
    status: 'open',
    plateId,
    summary,
    table: NO_PLANES,
    cursor: 0,
    reading: 0,
    next: null,
    complete: false,
    doubted: 0,
    stale: null,
  }
}

function withPage(state: Open, page: JudgedPlanes): Open {
  const { cursor, more } = page
  const known = { ...state, cursor, complete: state.complete || !more, stale: null }
  if (state.next === null) return { ...known, table: appendJudged(state.table, page) }
  const next = appendJudged(state.next, page)
  return more ? { ...known, next } : { ...known, table: next, next: null }
}
