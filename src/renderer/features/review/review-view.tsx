import { useEffect, useMemo } from 'react'
import { faultText } from '#core/fault-text.ts'
import { assertNever } from '#core/fault.ts'
import { useCommands, type CommandBoard, type CommandDeeds } from '../../lib/command-board.ts'
import { useObservable } from '../../lib/observable.ts'
import type { GoTo, Place } from '../../lib/place.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import { Empty, FaultMessage, Loading, Notice } from '../../ui/message.tsx'
import { PlateName } from '../../ui/plate-name.tsx'
import { DecisionBar } from './decision-bar.tsx'
import { PlaneFacts } from './plane-facts.tsx'
import { PlanePicture } from './plane-picture.tsx'
import { QueueList } from './queue-list.tsx'
import { ReviewGrid } from './review-grid.tsx'
import { countDecided, currentItem, takersOf, type OpenReview } from './open-review.ts'
import type { ReviewStore } from './review-store.ts'
import css from './review-view.module.css'
import { deedText, progressText, subjectText } from './review-words.ts'

interface ReviewViewProps {
  readonly store: ReviewStore
  readonly board: CommandBoard
  readonly goTo: GoTo
  readonly place: Extract<Place, { readonly view: 'review' }>
}

/** Where people decide about flagged images: one at a time, or many. */
export function ReviewView({ store, board, goTo, place: { plateId } }: ReviewViewProps) {
  const state = useObservable(store)
  useEffect(() => {
    void store.open(plateId)
    return store.watch()
  }, [store, plateId])
  switch (state.status) {
    case 'idle':
    case 'loading':
      return <Loading label="Looking for flagged images…" />
    case 'failed':
      return (
        <FaultMessage
          title="The queue could not be opened."
          fault={state.fault}
          onRetry={store.retry}
        />
      )
    case 'open':
      if (state.plateId !== plateId) return <Loading label="Looking for flagged images…" />
      return <OpenQueue store={store} board={board} goTo={goTo} state={state} />
    default:
      return assertNever(state)
  }
}

interface OpenQueueProps extends Omit<ReviewViewProps, 'place'> {
  readonly state: OpenReview
}

function OpenQueue({ store, board, goTo, state }: OpenQueueProps) {
  const { items, mode, refused, deed, plateId } = state
  const saving = state.pending.size > 0
  useReviewCommands(store, board, state)
  useStayUntilSaved(saving)
  if (items.length === 0) return <NothingToReview plateId={plateId} />
  const decided = countDecided(state)
  const progress = progressText(decided, items.length)
  return (
    <section className={css['view']} aria-label="Review" aria-busy={saving}>
      <header className={css['head']}>
        <h1>
          {plateId === null ? (
            'Review of all plates'
          ) : (
            <>
              Review of <PlateName plateId={plateId} name={items[0]!.plate} />
            </>
          )}
        </h1>
        <progress
          className={css['progress']}
          aria-label={progress}
          value={decided}
          max={items.length}
        />
        <span>{decided === items.length ? `All ${items.length} are decided` : progress}</span>
        <span className={css['space']} />
        <CommandButton board={board} id="review.undo" text="Undo" />
        <CommandButton
          board={board}
          id="review.grid"
          text={mode === 'grid' ? 'One at a time' : 'Many at once'}
        />
        <CommandButton board={board} id="review.reacquire" />
      </header>
      {refused === null ? null : (
        <Notice tone="fault" onClose={store.closeNotice}>
          {`${subjectText(refused.planeIds, items)}: not saved. ${faultText(refused.fault)}`}
        </Notice>
      )}
      <p className="heard" aria-live="polite">
        {deed === null ? '' : deedText(deed, items, progress)}
      </p>
      <div className={css['body']}>
        {mode === 'grid' ? (
          <ReviewGrid store={store} state={state} />
        ) : (
          <OneAtATime store={store} goTo={goTo} state={state} />
        )}
      </div>
      <DecisionBar store={store} board={board} state={state} />
    </section>
  )
}

function OneAtATime({ store, goTo, state }: Omit<OpenQueueProps, 'board'>) {
  const facts = useObservable(store.facts)
  const item = currentItem(state)
  return (
    <>
      <div className={css['queue']}>
        <QueueList store={store} state={state} />
      </div>
      {item === null ? null : (
        <>
          <div className={css['image']}>
            <PlanePicture shelf={store.images} item={item} />
          </div>
          <PlaneFacts item={item} facts={facts} thumbnails={store.thumbnails} goTo={goTo} />
        </>
      )}
    </>
  )
}

function NothingToReview({ plateId }: Pick<OpenReview, 'plateId'>) {
  const where = plateId === null ? 'on any plate' : 'on this plate'
  return (
    <Empty title={`Nothing to review: no image ${where} is flagged.`}>
      <p>
        Images that fail, that cannot be judged or that cannot be read appear here while the plate
        is being imaged; so do fields that networks are unsure of.
      </p>
    </Empty>
  )
}

/** Has the browser ask before it leaves decisions behind that are not kept yet. */
function useStayUntilSaved(saving: boolean): void {
  useEffect(() => {
    if (!saving) return
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [saving])
}

/** Offers the commands that make sense now. */
function useReviewCommands(store: ReviewStore, board: CommandBoard, state: OpenReview): void {
  const hasCurrent = state.currentId !== null
  const canAccept = takersOf(state, 'accept').length > 0
  const canUndo = state.undo.length > 0 || state.pending.size > 0
  const hasItems = state.items.length > 0
  useCommands(
    board,
    useMemo<CommandDeeds>(
      () => ({
        ...(canAccept && { 'review.accept': () => store.decide('accept') }),
        ...(hasCurrent && {
          'review.reject': () => store.decide('reject'),
          'review.reimage': () => store.decide('reimage'),
          'review.unsure': () => store.decide('unsure'),
          'review.note': store.openNote,
          'review.next': () => store.step(1),
          'review.previous': () => store.step(-1),
        }),
        ...(canUndo && { 'review.undo': store.undo }),
        ...(hasItems && { 'review.grid': store.switchMode }),
      }),
      [store, hasCurrent, canAccept, canUndo, hasItems],
    ),
  )
}
