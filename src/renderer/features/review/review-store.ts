import { listen, type Bridge } from '#contract/client.ts'
import type { DecisionWord } from '#contract/decision.ts'
import { events, type ParfocalApi } from '#contract/index.ts'
import type { PlaneId } from '#core/brand.ts'
import { createObservable } from '../../lib/observable.ts'
import type { PixelSource } from '../../lib/pixels.ts'
import { createFactsStore, type FactsApi } from './facts-store.ts'
import { createImageShelf } from './image-shelf.ts'
import { decodePlane, decodeThumbnail } from './decode-plane.ts'
import { createReacquireStore, type ReacquireApi } from './reacquire-store.ts'
import { currentItem, shownDecision, subjectsOf, takersOf, type QueueOf } from './open-review.ts'
import { reduceReview, type ReviewEvent, type ReviewState } from './review-state.ts'
import type { Picking } from './selection.ts'
import { watchedRefresh } from './watched-refresh.ts'

export type ReviewApi = FactsApi &
  ReacquireApi &
  Pick<ParfocalApi, 'review.queue' | 'review.decide' | 'review.withdraw'>

/** While a plate arrives its queue is asked for no oftener than this. */
const REFRESH_MS = 1500
/** Planes that are decoded before anybody gets to them. */
const AHEAD = 3
const BEHIND = 1
/** As many planes as the contract lets one decision be about. */
const AT_ONCE = 1000

export function createReviewStore(api: ReviewApi, bridge: Bridge, pixels: PixelSource) {
  const state = createObservable<ReviewState>({ status: 'idle' })
  const facts = createFactsStore(api, bridge)
  const images = createImageShelf(decodePlane(pixels), 12)
  const thumbnails = createImageShelf(decodeThumbnail(pixels), 800)
  const refreshing = watchedRefresh(REFRESH_MS, () => void refresh())
  let tokens = 0
  // One after another: decisions are kept in the order of the keys, and undo knows what it takes back.
  let writing: Promise<void> = Promise.resolve()

  function emit(event: ReviewEvent): void {
    state.set(reduceReview(state.getSnapshot(), event))
    prepare()
  }

  /** Has the images around the current one decoded, and what is known about it read. */
  function prepare(): void {
    const now = state.getSnapshot()
    if (now.status !== 'open') return
    const at = now.items.findIndex(({ planeId }) => planeId === now.currentId)
    if (at === -1) return
    const near = [
      ...now.items.slice(at, at + 1 + AHEAD),
      ...now.items.slice(Math.max(0, at - BEHIND), at),
    ]
    if (now.mode === 'one') images.want(near.filter(({ state }) => state !== 'unreadable'))
    facts.want(near)
  }

  listen(events, bridge, 'plate.changed', ({ summary }) => refreshSoon(summary.plateId))
  listen(events, bridge, 'review.changed', ({ plateId }) => refreshSoon(plateId))

  function refreshSoon(plateId: QueueOf): void {
    const now = state.getSnapshot()
    if (now.status !== 'open') return
    if (now.plateId === null || now.plateId === plateId) refreshing.soon()
  }

  async function refresh(): Promise<void> {
    const now = state.getSnapshot()
    if (now.status !== 'open') return
    const { plateId, revision } = now
    const reply = await api['review.queue']({ plateId, decided: true })
    // A queue that cannot be had just now is shown as it was; whoever decides is told then.
    if (!reply.ok) return
    emit({ type: 'refreshed', plateId, items: reply.value, revision })
    const current = currentItem(now)
    if (current !== null) facts.readAgain(current)
    const then = state.getSnapshot()
    if (then.status === 'open' && then.revision !== revision) refreshSoon(then.plateId)
  }

  async function open(plateId: QueueOf): Promise<void> {
    const now = state.getSnapshot()
    // Coming back finds the queue, and what can be undone, as it was left.
    if (now.status === 'open' && now.plateId === plateId) return refresh()
    emit({ type: 'requested', plateId })
    const reply = await api['review.queue']({ plateId, decided: true })
    if (reply.ok) emit({ type: 'opened', plateId, items: reply.value })
    else emit({ type: 'open-failed', plateId, fault: reply.fault })
  }

  /** Decides, or decides again with another note, and goes on; what is refused is rolled back. */
  function decideAbout(planeIds: readonly PlaneId[], word: DecisionWord, note: string): void {
    const now = state.getSnapshot()
    if (now.status !== 'open' || planeIds.length === 0) return
    const { plateId } = now
    const token = (tokens += 1)
    emit({ type: 'deciding', plateId, token, planeIds, word, note })
    writing = writing.then(async () => {
      const reply = await api['review.decide']({ planeIds: [...planeIds], word, note })
      if (reply.ok) emit({ type: 'decided', plateId, token, made: reply.value })
      else emit({ type: 'refused', plateId, token, fault: reply.fault })
      facts.forgetHistories(planeIds)
      prepare()
    })
  }

  function decide(word: DecisionWord): void {
    const now = state.getSnapshot()
    if (now.status !== 'open') return
    // A note belongs to one plane: planes with different notes are decided one note at a time.
    const byNote = Map.groupBy(takersOf(now, word), planeId => now.drafts.get(planeId) ?? '')
    for (const [note, planeIds] of byNote) {
      for (let i = 0; i < planeIds.length; i += AT_ONCE) {
        decideAbout(planeIds.slice(i, i + AT_ONCE), word, note)
      }
    }
  }

  function undo(): void {
    writing = writing.then(async () => {
      const now = state.getSnapshot()
      if (now.status !== 'open') return
      const { plateId } = now
      const step = now.undo.at(-1)
      if (step === undefined) return
      const token = (tokens += 1)
      emit({ type: 'withdrawing', plateId, token, step })
      const decisionIds = step.made.map(({ decisionId }) => decisionId)
      const reply = await api['review.withdraw']({ decisionIds })
      if (reply.ok) emit({ type: 'withdrawn', plateId, token, step })
      else emit({ type: 'refused', plateId, token, fault: reply.fault, step })
      facts.forgetHistories(step.made.map(({ planeId }) => planeId))
      prepare()
    })
  }

  /** Keeps a note for the next decision about the current plane; one that is decided already is decided again with it. */
  function keepNote(note: string): void {
    const now = state.getSnapshot()
    if (now.status !== 'open') return
    const item = currentItem(now)
    if (item === null) return
    const { plateId, mode } = now
    const decision = shownDecision(now, item)
    if (decision !== null && mode === 'one' && decision.note !== note) {
      decideAbout([item.planeId], decision.word, note)
      return emit({ type: 'picked', plateId, planeId: item.planeId, how: 'go' })
    }
    for (const planeId of subjectsOf(now)) emit({ type: 'note-kept', plateId, planeId, note })
  }

  /** An event that says nothing but its name. */
  function say(type: 'mode-switched' | 'note-opened' | 'note-left' | 'notice-closed'): void {
    const now = state.getSnapshot()
    if (now.status === 'open') emit({ type, plateId: now.plateId })
  }

  return {
    getSnapshot: state.getSnapshot,
    subscribe: state.subscribe,
    facts,
    images,
    thumbnails,
    reacquire: createReacquireStore(api, bridge),
    open,
    /** Keeps the queue up to date until the view is left. @returns leaves it. */
    watch: refreshing.watch,
    retry: () => {
      const now = state.getSnapshot()
      if (now.status === 'failed') void open(now.plateId)
    },
    step(by: 1 | -1): void {
      const now = state.getSnapshot()
      if (now.status === 'open') emit({ type: 'stepped', plateId: now.plateId, by })
    },
    pick(picking: Picking): void {
      const now = state.getSnapshot()
      if (now.status === 'open') emit({ type: 'picked', plateId: now.plateId, ...picking })
    },
    decide,
    undo,
    keepNote,
    switchMode: () => say('mode-switched'),
    openNote: () => say('note-opened'),
    leaveNote: () => say('note-left'),
    closeNotice: () => say('notice-closed'),
  }
}

export type ReviewStore = ReturnType<typeof createReviewStore>
