import type { Decision, DecisionWord } from '#contract/decision.ts'
import type { ReviewItem } from '#contract/review.ts'
import type { PlaneId } from '#core/brand.ts'
import { assertNever, type Fault } from '#core/fault.ts'
import { mergeQueue } from './merge-queue.ts'
import {
  shownDecision,
  type OpenReview,
  type Pending,
  type QueueOf,
  type UndoStep,
} from './open-review.ts'
import { pick, type Picking } from './selection.ts'

export type ReviewState =
  | { readonly status: 'idle' }
  | { readonly status: 'loading'; readonly plateId: QueueOf }
  | { readonly status: 'failed'; readonly plateId: QueueOf; readonly fault: Fault }
  | OpenReview

export type ReviewEvent = { readonly plateId: QueueOf } & (
  | { readonly type: 'requested' }
  | { readonly type: 'opened'; readonly items: readonly ReviewItem[] }
  | { readonly type: 'open-failed'; readonly fault: Fault }
  | {
      readonly type: 'refreshed'
      readonly items: readonly ReviewItem[]
      /** What the revision was when the queue was asked for. */
      readonly revision: number
    }
  | { readonly type: 'stepped'; readonly by: 1 | -1 }
  | ({ readonly type: 'picked' } & Picking)
  | { readonly type: 'mode-switched' }
  | { readonly type: 'note-opened' }
  | { readonly type: 'note-left' }
  | { readonly type: 'note-kept'; readonly planeId: PlaneId; readonly note: string }
  | {
      readonly type: 'deciding'
      readonly token: number
      readonly planeIds: readonly PlaneId[]
      readonly word: DecisionWord
      readonly note: string
    }
  | {
      readonly type: 'decided'
      readonly token: number
      readonly made: readonly { readonly planeId: PlaneId; readonly decision: Decision }[]
    }
  | { readonly type: 'withdrawing'; readonly token: number; readonly step: UndoStep }
  | { readonly type: 'withdrawn'; readonly token: number; readonly step: UndoStep }
  | {
      readonly type: 'refused'
      readonly token: number
      readonly fault: Fault
      /** What can be undone after all. */
      readonly step?: UndoStep
    }
  | { readonly type: 'notice-closed' }
)

export function reduceReview(state: ReviewState, event: ReviewEvent): ReviewState {
  const { plateId } = event
  if (event.type === 'requested') return { status: 'loading', plateId }
  // Replies about a queue that somebody has since left arrive late and are dropped.
  if (state.status === 'idle' || state.plateId !== plateId) return state
  if (event.type === 'opened') return openQueue(plateId, event.items)
  if (event.type === 'open-failed') return { status: 'failed', plateId, fault: event.fault }
  return state.status === 'open' ? reduceOpen(state, event) : state
}

type OpenEvent = Exclude<
  ReviewEvent,
  { readonly type: 'requested' } | { readonly type: 'opened' } | { readonly type: 'open-failed' }
>

function openQueue(plateId: QueueOf, items: readonly ReviewItem[]): OpenReview {
  return {
    status: 'open',
    plateId,
    mode: 'one',
    items,
    currentId: (items.find(({ decision }) => decision === null) ?? items[0])?.planeId ?? null,
    selected: new Set(),
    anchorId: null,
    pending: new Map(),
    undo: [],
    drafts: new Map(),
    writingNote: false,
    deed: null,
    refused: null,
    revision: 0,
  }
}

function reduceOpen(state: OpenReview, event: OpenEvent): OpenReview {
  switch (event.type) {
    case 'refreshed':
      return event.revision === state.revision
        ? { ...state, ...mergeQueue(state, event.items) }
        : state
    case 'stepped':
      return { ...state, ...step(state, event.by), writingNote: false }
    case 'picked':
      return { ...state, ...pick(state, state.items, event), writingNote: false }
    case 'mode-switched':
      return {
        ...state,
        mode: state.mode === 'one' ? 'grid' : 'one',
        selected: new Set(),
        anchorId: null,
      }
    case 'note-opened':
      return { ...state, writingNote: state.currentId !== null }
    case 'note-left':
      return { ...state, writingNote: false }
    case 'note-kept':
      return { ...state, writingNote: false, drafts: withDraft(state.drafts, event) }
    case 'deciding':
      return startDeciding(state, event)
    case 'decided':
      return finishDeciding(state, event)
    case 'withdrawing': {
      const { step, token } = event
      const shown = step.made.map(
        ({ planeId }) => [planeId, { token, shown: step.before.get(planeId) ?? null }] as const,
      )
      return {
        ...state,
        pending: new Map([...state.pending, ...shown]),
        undo: state.undo.filter(other => other.made[0]?.decisionId !== step.made[0]?.decisionId),
        currentId: step.made[0]?.planeId ?? state.currentId,
        deed: { planeIds: step.made.map(({ planeId }) => planeId), word: null },
        revision: state.revision + 1,
      }
    }
    case 'withdrawn':
      return {
        ...state,
        items: withDecisions(state.items, event.step.before),
        pending: settled(state.pending, event.token),
        revision: state.revision + 1,
      }
    case 'refused': {
      const planeIds = [...state.pending]
        .filter(([, { token }]) => token === event.token)
        .map(([planeId]) => planeId)
      return {
        ...state,
        pending: settled(state.pending, event.token),
        undo: event.step === undefined ? state.undo : [...state.undo, event.step],
        deed: null,
        refused: { fault: event.fault, planeIds },
        revision: state.revision + 1,
      }
    }
    case 'notice-closed':
      return { ...state, refused: null }
    default:
      return assertNever(event)
  }
}

type EventOf<T extends ReviewEvent['type']> = Extract<ReviewEvent, { readonly type: T }>

function startDeciding(state: OpenReview, event: EventOf<'deciding'>): OpenReview {
  const { token, planeIds, word, note } = event
  const shown = planeIds.map(planeId => [planeId, { token, shown: { word, note } }] as const)
  const drafts = new Map(state.drafts)
  for (const planeId of planeIds) drafts.delete(planeId)
  const deciding: OpenReview = {
    ...state,
    pending: new Map([...state.pending, ...shown]),
    drafts,
    selected: new Set(),
    anchorId: null,
    writingNote: false,
    deed: { planeIds, word },
    refused: null,
    revision: state.revision + 1,
  }
  return { ...deciding, currentId: nextUndecided(deciding) ?? state.currentId }
}

function finishDeciding(state: OpenReview, { token, made }: EventOf<'decided'>): OpenReview {
  const before = new Map(
    made.map(({ planeId }) => [
      planeId,
      state.items.find(item => item.planeId === planeId)?.decision ?? null,
    ]),
  )
  const decisions = made.map(({ planeId, decision }) => [planeId, decision] as const)
  const ids = made.map(({ planeId, decision: { decisionId } }) => ({ planeId, decisionId }))
  return {
    ...state,
    items: withDecisions(state.items, new Map(decisions)),
    pending: settled(state.pending, token),
    undo: [...state.undo, { made: ids, before }],
    revision: state.revision + 1,
  }
}

function step({ items, currentId }: OpenReview, by: 1 | -1): Pick<OpenReview, 'currentId'> {
  const at = items.findIndex(({ planeId }) => planeId === currentId)
  return { currentId: items[at + by]?.planeId ?? currentId }
}

/** The first undecided plane after the current one, else the first of all; null when all are decided. */
function nextUndecided(state: OpenReview): PlaneId | null {
  const at = state.items.findIndex(({ planeId }) => planeId === state.currentId)
  const onwards = [...state.items.slice(at + 1), ...state.items.slice(0, at + 1)]
  return onwards.find(item => shownDecision(state, item) === null)?.planeId ?? null
}

function withDecisions(
  items: readonly ReviewItem[],
  decisions: ReadonlyMap<PlaneId, Decision | null>,
): readonly ReviewItem[] {
  return items.map(item => {
    const decision = decisions.get(item.planeId)
    return decision === undefined ? item : { ...item, decision }
  })
}

/** Without what one deed is waiting for; what was decided about the same planes since still waits. */
function settled(
  pending: ReadonlyMap<PlaneId, Pending>,
  settledToken: number,
): ReadonlyMap<PlaneId, Pending> {
  return new Map([...pending].filter(([, { token }]) => token !== settledToken))
}

function withDraft(
  drafts: ReadonlyMap<PlaneId, string>,
  { planeId, note }: EventOf<'note-kept'>,
): ReadonlyMap<PlaneId, string> {
  const kept = new Map(drafts)
  if (note === '') kept.delete(planeId)
  else kept.set(planeId, note)
  return kept
}
