import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { PlateName } from '../../ui/plate-name.tsx'
import { classNames } from '../../ui/class-names.ts'
import { DecisionMark } from './decision-mark.tsx'
import { ItemMark } from './item-mark.tsx'
import css from './queue-list.module.css'
import { shownDecision, type OpenReview } from './open-review.ts'
import type { ReviewStore } from './review-store.ts'
import { placeText, reasonsText } from './review-words.ts'
import { Thumbnail } from './thumbnail.tsx'

interface QueueListProps {
  readonly store: Pick<ReviewStore, 'pick' | 'thumbnails'>
  readonly state: OpenReview
}

const ROW = 64

/** The queue beside the image: only the rows in sight exist. */
export function QueueList({ store, state }: QueueListProps) {
  const { items, currentId, plateId } = state
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 4,
    initialRect: { width: 240, height: 600 },
  })
  const at = items.findIndex(({ planeId }) => planeId === currentId)
  useEffect(() => {
    if (at !== -1) rows.scrollToIndex(at, { align: 'auto' })
  }, [rows, at])
  return (
    <div ref={scroller} className={css['scroller']}>
      <ul
        className={css['list']}
        aria-label="Images to review, worst first"
        style={{ height: rows.getTotalSize() }}
      >
        {rows.getVirtualItems().map(({ index, start }) => {
          const item = items[index]!
          const decision = shownDecision(state, item)
          const current = item.planeId === currentId
          return (
            <li
              key={item.planeId}
              className={css['place']}
              style={{ height: ROW, transform: `translateY(${start}px)` }}
              aria-setsize={items.length}
              aria-posinset={index + 1}
            >
              <button
                type="button"
                className={classNames(css['row'], current && css['current'])}
                aria-current={current}
                tabIndex={current ? 0 : -1}
                onClick={() => store.pick({ planeId: item.planeId, how: 'go' })}
              >
                <Thumbnail shelf={store.thumbnails} plane={item} size="small" />
                <span className={css['words']}>
                  <span className={css['title']}>
                    {plateId === null ? (
                      <>
                        <PlateName plateId={item.plateId} name={item.plate} />:{' '}
                      </>
                    ) : null}
                    {placeText(item, items)}
                  </span>
                  <span className={css['reasons']}>
                    <ItemMark item={item} /> {reasonsText(item)}
                  </span>
                  {decision === null ? null : (
                    <DecisionMark word={decision.word} pending={state.pending.has(item.planeId)} />
                  )}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
