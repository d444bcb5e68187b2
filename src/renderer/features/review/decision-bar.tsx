import type { CommandBoard } from '../../lib/command-board.ts'
import { CommandButton } from '../../ui/command-button.tsx'
import css from './decision-bar.module.css'
import { leftOutText } from './review-words.ts'
import { DecisionMark } from './decision-mark.tsx'
import { NoteField } from './note-field.tsx'
import { currentItem, shownDecision, subjectsOf, takersOf, type OpenReview } from './open-review.ts'
import type { ReviewStore } from './review-store.ts'

interface DecisionBarProps {
  readonly store: Pick<ReviewStore, 'keepNote' | 'leaveNote'>
  readonly board: CommandBoard
  readonly state: OpenReview
}

const DECIDING = ['review.accept', 'review.reject', 'review.reimage', 'review.unsure'] as const

/** The keys of the review as buttons, and what is decided about the current plane. */
export function DecisionBar({ store, board, state }: DecisionBarProps) {
  const item = currentItem(state)
  const decision = item === null ? null : shownDecision(state, item)
  const note = (item && state.drafts.get(item.planeId)) ?? decision?.note ?? ''
  const taken = takersOf(state, 'accept').length
  const leftOut = subjectsOf(state).length - taken
  const many = state.mode === 'grid' && state.selected.size > 1
  return (
    <div className={css['bar']} role="group" aria-label="Decide">
      {DECIDING.map(id => (
        <CommandButton
          key={id}
          board={board}
          id={id}
          {...(id === 'review.accept' && leftOut > 0 && { title: leftOutText(leftOut, taken) })}
        />
      ))}
      {state.writingNote ? (
        <NoteField note={note} onKeep={store.keepNote} onLeave={store.leaveNote} />
      ) : (
        <>
          <CommandButton board={board} id="review.note" text="Note" />
          {many ? <span>{`about ${state.selected.size} images`}</span> : null}
          {many && leftOut > 0 ? <span>{leftOutText(leftOut, taken)}</span> : null}
          {many || decision === null ? null : <DecisionMark word={decision.word} />}
          {note === '' ? null : <span className={css['note']}>{`“${note}”`}</span>}
          <span className={css['space']} />
          <CommandButton board={board} id="review.previous" text="Previous" tone="quiet" />
          <CommandButton board={board} id="review.next" text="Next" tone="quiet" />
        </>
      )}
    </div>
  )
}
