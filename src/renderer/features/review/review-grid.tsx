import { useVirtualizer } from '@tanstack/react-virtual'
import {
  useEffect,
  useId,
  useRef,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
} from 'react'
import type { ReviewItem } from '#contract/review.ts'
import type { PlaneId } from '#core/brand.ts'
import { useWidth } from '../../lib/use-width.ts'
import { classNames } from '../../ui/class-names.ts'
import { DecisionMark } from './decision-mark.tsx'
import { ItemMark } from './item-mark.tsx'
import css from './review-grid.module.css'
import { shownDecision, type OpenReview } from './open-review.ts'
import type { ReviewStore } from './review-store.ts'
import { placeText, reasonsText } from './review-words.ts'
import { neighbour } from './selection.ts'
import { Thumbnail } from './thumbnail.tsx'

interface ReviewGridProps {
  readonly store: Pick<ReviewStore, 'pick' | 'switchMode' | 'thumbnails'>
  readonly state: OpenReview
}

const CELL = { width: 148, height: 196 }
/** Until the width is known. */
const FIRST_COLUMNS = 6

/** Many at once: select by click, Ctrl and Shift, or by arrows and space; one key decides about all that are selected. Enter or a double click looks at one. */
export function ReviewGrid({ store, state }: ReviewGridProps) {
  const { items, currentId } = state
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const columns = useColumns(scroller)
  const rows = useVirtualizer({
    count: Math.ceil(items.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => CELL.height,
    overscan: 2,
    initialRect: { width: 900, height: 600 },
  })
  const at = items.findIndex(({ planeId }) => planeId === currentId)
  useEffect(() => {
    if (at !== -1) rows.scrollToIndex(Math.floor(at / columns), { align: 'auto' })
  }, [rows, at, columns])
  // Whoever asks for the grid wants its arrows.
  useEffect(() => scroller.current?.focus(), [])

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const how = event.shiftKey ? 'range' : 'focus'
    if (event.key === ' ' && currentId !== null) {
      store.pick({ planeId: currentId, how: 'toggle' })
    } else if (event.key === 'Escape' && currentId !== null) {
      store.pick({ planeId: currentId, how: 'go' })
    } else if (event.key === 'Enter') {
      store.switchMode()
    } else {
      const to = neighbour(at, event.key, columns, items.length)
      if (to === null) return
      store.pick({ planeId: items[to]!.planeId, how })
    }
    event.preventDefault()
  }

  function onClick(event: MouseEvent, planeId: PlaneId): void {
    const toggles = event.ctrlKey || event.metaKey
    store.pick({ planeId, how: event.shiftKey ? 'range' : toggles ? 'toggle' : 'only' })
  }

  const cellId = (planeId: PlaneId): string => `${id}-${planeId}`
  return (
    <div
      ref={scroller}
      className={css['scroller']}
      role="listbox"
      aria-multiselectable="true"
      aria-label="Images to review, worst first"
      aria-activedescendant={currentId === null ? undefined : cellId(currentId)}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className={css['list']} role="presentation" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            className={css['row']}
            role="presentation"
            style={{ height: CELL.height, transform: `translateY(${start}px)` }}
          >
            {items.slice(index * columns, (index + 1) * columns).map((item, i) => (
              <div
                key={item.planeId}
                id={cellId(item.planeId)}
                className={classNames(css['cell'], item.planeId === currentId && css['focused'])}
                style={{ width: CELL.width }}
                role="option"
                aria-selected={state.selected.has(item.planeId)}
                aria-setsize={items.length}
                aria-posinset={index * columns + i + 1}
                onClick={event => onClick(event, item.planeId)}
                onDoubleClick={store.switchMode}
              >
                <CellContent store={store} state={state} item={item} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}

function CellContent({ store, state, item }: ReviewGridProps & { readonly item: ReviewItem }) {
  const decision = shownDecision(state, item)
  return (
    <>
      <Thumbnail shelf={store.thumbnails} plane={item} size="large" />
      <span className={css['words']}>{placeText(item, state.items)}</span>
      <span className={css['reasons']}>
        <ItemMark item={item} />
        <span className={css['words']}>{reasonsText(item)}</span>
      </span>
      {decision === null ? null : (
        <DecisionMark word={decision.word} pending={state.pending.has(item.planeId)} />
      )}
    </>
  )
}

/** How many cells fit beside each other. */
function useColumns(scroller: RefObject<HTMLElement | null>): number {
  const width = useWidth(scroller)
  return width === 0 ? FIRST_COLUMNS : Math.max(1, Math.floor(width / CELL.width))
}
