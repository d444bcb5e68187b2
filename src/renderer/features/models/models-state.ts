import type { ModelCard, ModelList, PackageListing } from '#contract/models.ts'
import { assertNever, type Fault } from '#core/fault.ts'

export interface ModelsState {
  readonly list:
    | { readonly status: 'loading' }
    | { readonly status: 'failed'; readonly fault: Fault }
    | { readonly status: 'listed'; readonly list: ModelList }
  readonly card: CardState
  /** What is being done, one thing at a time. */
  readonly doing: Doing | null
  /** Why the last thing was not done. */
  readonly undone: Fault | null
  readonly choice: PackageChoice
}

export type CardState =
  | { readonly status: 'none' }
  | { readonly status: 'loading'; readonly number: number }
  | { readonly status: 'failed'; readonly number: number; readonly fault: Fault }
  | { readonly status: 'open'; readonly number: number; readonly card: ModelCard }

export type Doing =
  { readonly deed: 'test' | 'change'; readonly number: number } | { readonly deed: 'add' }

/** Somebody looking for a package to add. */
export type PackageChoice =
  | { readonly status: 'closed' }
  | {
      readonly status: 'open'
      /** Null until the first is there. */
      readonly listing: PackageListing | null
      readonly fault: Fault | null
    }

export type ModelsEvent =
  | { readonly type: 'listed'; readonly list: ModelList }
  | { readonly type: 'list-failed'; readonly fault: Fault }
  | { readonly type: 'asked'; readonly number: number }
  | { readonly type: 'opened'; readonly number: number; readonly card: ModelCard }
  | { readonly type: 'open-failed'; readonly number: number; readonly fault: Fault }
  | { readonly type: 'began'; readonly doing: Doing }
  /** What was being done is done; the card is as it is now. */
  | { readonly type: 'done'; readonly card: ModelCard }
  | { readonly type: 'failed'; readonly fault: Fault }
  | { readonly type: 'read' }
  | { readonly type: 'choosing' }
  | { readonly type: 'browsed'; readonly listing: PackageListing }
  | { readonly type: 'browse-failed'; readonly fault: Fault }
  | { readonly type: 'cancelled' }

export const NOTHING_KNOWN: ModelsState = {
  list: { status: 'loading' },
  card: { status: 'none' },
  doing: null,
  undone: null,
  choice: { status: 'closed' },
}

export function reduceModels(state: ModelsState, event: ModelsEvent): ModelsState {
  const { card, choice } = state
  switch (event.type) {
    case 'listed':
      return { ...state, list: { status: 'listed', list: event.list } }
    case 'list-failed':
      // A list that is on screen stays there when it cannot be had anew.
      if (state.list.status === 'listed') return state
      return { ...state, list: { status: 'failed', fault: event.fault } }
    case 'asked':
      if (card.status === 'open' && card.number === event.number) return state
      return { ...state, undone: null, card: { status: 'loading', number: event.number } }
    case 'opened':
      // A card that somebody has since left.
      if (card.status === 'none' || card.number !== event.number) return state
      return { ...state, card: { status: 'open', number: event.number, card: event.card } }
    case 'open-failed':
      if (card.status !== 'loading' || card.number !== event.number) return state
      return { ...state, card: { status: 'failed', number: event.number, fault: event.fault } }
    case 'began':
      return { ...state, doing: event.doing, undone: null }
    case 'done': {
      const { number } = event.card.summary
      const shown = card.status !== 'none' && card.number === number
      return {
        ...state,
        doing: null,
        choice: state.doing?.deed === 'add' ? { status: 'closed' } : choice,
        card: shown ? { status: 'open', number, card: event.card } : card,
      }
    }
    case 'failed':
      // What was chosen in the dialog is explained there.
      if (choice.status === 'open') {
        return { ...state, doing: null, choice: { ...choice, fault: event.fault } }
      }
      return { ...state, doing: null, undone: event.fault }
    case 'read':
      return { ...state, undone: null }
    case 'choosing':
      return { ...state, undone: null, choice: { status: 'open', listing: null, fault: null } }
    case 'browsed':
      if (choice.status === 'closed') return state
      return { ...state, choice: { status: 'open', listing: event.listing, fault: null } }
    case 'browse-failed':
      if (choice.status === 'closed') return state
      return { ...state, choice: { ...choice, fault: event.fault } }
    case 'cancelled':
      return { ...state, choice: { status: 'closed' } }
    default:
      return assertNever(event)
  }
}
