import type { Decision, DecisionWord } from '#contract/decision.ts'
import type { ReviewItem } from '#contract/review.ts'
import type { PlaneId, PlateId } from '#core/brand.ts'
import type { Fault } from '#core/fault.ts'
import type { Selection } from './selection.ts'

/** Which queue: that of one plate, or of all. */
export type QueueOf = PlateId | null

export interface OpenReview extends Selection {
  readonly status: 'open'
  readonly plateId: QueueOf
  readonly mode: 'one' | 'grid'
  /** Decided ones stay where they are, so that nothing moves under a key. */
  readonly items: readonly ReviewItem[]
  /** Decisions on their way to the store, as they are shown meanwhile. */
  readonly pending: ReadonlyMap<PlaneId, Pending>
  /** What undo takes back, newest last. */
  readonly undo: readonly UndoStep[]
  /** Notes that go with the next decision about their plane. */
  readonly drafts: ReadonlyMap<PlaneId, string>
  readonly writingNote: boolean
  /** What was done last, to be said aloud. */
  readonly deed: Deed | null
  /** What the store refused last. */
  readonly refused: { readonly fault: Fault; readonly planeIds: readonly PlaneId[] } | null
  /** Counts what was decided here: a queue that was asked for before does not know of it. */
  readonly revision: number
}

export interface Pending {
  readonly token: number
  /** Null where a decision is being taken back and none was before it. */
  readonly shown: ShownDecision | null
}

export type ShownDecision = Pick<Decision, 'word' | 'note'>

export interface UndoStep {
  readonly made: readonly { readonly planeId: PlaneId; readonly decisionId: number }[]
  /** What stood on those planes before. */
  readonly before: ReadonlyMap<PlaneId, Decision | null>
}

export interface Deed {
  readonly planeIds: readonly PlaneId[]
  /** Null for a decision that was taken back. */
  readonly word: DecisionWord | null
}

/** What is shown as decided about a plane, whether the store has said so already or not. */
export function shownDecision(state: OpenReview, item: ReviewItem): ShownDecision | null {
  const pending = state.pending.get(item.planeId)
  return pending === undefined ? item.decision : pending.shown
}

export function countDecided(state: OpenReview): number {
  return state.items.filter(item => shownDecision(state, item) !== null).length
}

export function currentItem(state: OpenReview): ReviewItem | null {
  return state.items.find(({ planeId }) => planeId === state.currentId) ?? null
}

/** Planes that a decision now would be about: the selected ones in a grid, else the current one. */
export function subjectsOf(state: OpenReview): readonly PlaneId[] {
  if (state.mode === 'grid' && state.selected.size > 0) {
    return state.items
      .filter(({ planeId }) => state.selected.has(planeId))
      .map(({ planeId }) => planeId)
  }
  return state.currentId === null ? [] : [state.currentId]
}

/** Those of the subjects that a word can be said about: nobody has seen an image that cannot be read. */
export function takersOf(state: OpenReview, word: DecisionWord): readonly PlaneId[] {
  const subjects = subjectsOf(state)
  if (word !== 'accept') return subjects
  const unreadable = new Set(
    state.items.filter(item => item.state === 'unreadable').map(({ planeId }) => planeId),
  )
  return subjects.filter(planeId => !unreadable.has(planeId))
}
