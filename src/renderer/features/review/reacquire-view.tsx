import { useEffect } from 'react'
import type { Reacquisition } from '#contract/review.ts'
import { assertNever } from '#core/fault.ts'
import { reasonText } from '#core/quality/rule-text.ts'
import { reacquisitionCsv } from '#core/review/reacquisition-csv.ts'
import { momentText } from '../../lib/moment-text.ts'
import { useObservable } from '../../lib/observable.ts'
import type { GoTo, Place } from '../../lib/place.ts'
import { saveCsv } from '../../lib/save-file.ts'
import { STATE_WORDS } from '../../lib/state-words.ts'
import { Button } from '../../ui/button.tsx'
import { Empty, FaultMessage, Loading } from '../../ui/message.tsx'
import table from '../../ui/table.module.css'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import type { ReacquireState } from './reacquire-store.ts'
import css from './reacquire-view.module.css'
import type { ReviewStore } from './review-store.ts'

interface ReacquireViewProps {
  readonly store: Pick<ReviewStore, 'reacquire'>
  readonly goTo: GoTo
  readonly place: Extract<Place, { readonly view: 'reacquire' }>
}

/** What to image again on a plate: a page to print and a table to save. */
export function ReacquireView({ store: { reacquire }, goTo, place }: ReacquireViewProps) {
  const { plateId } = place
  const state = useObservable(reacquire)
  useEffect(() => {
    void reacquire.open(plateId)
    return reacquire.watch()
  }, [reacquire, plateId])
  switch (state.status) {
    case 'idle':
    case 'loading':
      return <Loading label="Looking for what to image again…" />
    case 'failed':
      return (
        <FaultMessage
          title="The list could not be made."
          fault={state.fault}
          onRetry={() => void reacquire.open(plateId)}
        />
      )
    case 'listed':
      return state.items.length === 0 ? (
        <Empty title={`Nothing to image again on ${state.plate}.`}>
          <p>Every image that has come passes, or somebody has accepted or rejected it.</p>
          <Button onClick={() => goTo({ view: 'plate', plateId })}>Show the plate</Button>
        </Empty>
      ) : (
        <Page list={state} onReview={() => goTo({ view: 'review', plateId })} />
      )
    default:
      return assertNever(state)
  }
}

interface PageProps {
  readonly list: Extract<ReacquireState, { readonly status: 'listed' }>
  readonly onReview: () => void
}

function Page({ list: { plate, operator, items, at }, onReview }: PageProps) {
  const open = items.filter(({ state }) => state === 'open').length
  const save = (): void => saveCsv(`${plate} image again.csv`, reacquisitionCsv(plate, items))
  return (
    <article className={css['page']}>
      <header className={css['head']}>
        <h1 className={css['title']}>{`Image again: ${plate}`}</h1>
        <div className={css['actions']}>
          <Button onClick={onReview}>Review</Button>
          <Button onClick={save}>Save as CSV</Button>
          <Button tone="primary" onClick={() => window.print()}>
            Print
          </Button>
        </div>
      </header>
      <dl className={css['about']}>
        <div>
          <dt>Plate</dt>
          <dd>{plate}</dd>
        </div>
        <div>
          <dt>Date</dt>
          <dd>{momentText(at)}</dd>
        </div>
        <div>
          <dt>Operator</dt>
          <dd>{operator}</dd>
        </div>
        <div>
          <dt>To image</dt>
          <dd>{`${open} open, ${items.length - open} imaged again`}</dd>
        </div>
      </dl>
      <div className={css['scroll']} tabIndex={0} role="region" aria-label="What to image again">
        <table className={table['table']}>
          <thead>
            <tr>
              {['Well', 'Site', 'Z', 'T', 'Channels', 'Why', 'Note', 'State'].map(heading => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item, i) => (
              <Row key={i} item={item} />
            ))}
          </tbody>
        </table>
      </div>
    </article>
  )
}

function Row({ item }: { readonly item: Reacquisition }) {
  const { well, site, z, t, channels, note, state } = item
  return (
    <tr className={state === 'open' ? undefined : css['closed']}>
      <td>{well ?? '–'}</td>
      <td>{site ?? '–'}</td>
      <td>{z}</td>
      <td>{t}</td>
      <td>{channels.join(', ')}</td>
      <td>{whyText(item)}</td>
      <td>{note}</td>
      <td>
        {state === 'open' ? (
          'open'
        ) : (
          <span className={css['again']}>
            imaged again: <VerdictMark state={state} />
          </span>
        )}
      </td>
    </tr>
  )
}

/** Why something is on the list: `Mara decided; out of focus`. */
export function whyText({
  because,
  by,
  reasons,
}: Pick<Reacquisition, 'because' | 'by' | 'reasons'>): string {
  const said = reasons.map(reasonText).join(', ')
  switch (because) {
    case 'decided':
      return [`${by ?? 'somebody'} decided`, said].filter(text => text !== '').join('; ')
    case 'flagged':
      return `flagged, nobody has looked: ${said}`
    case 'unreadable':
      return STATE_WORDS.unreadable
    case 'missing':
      return 'promised by the index, never came'
  }
}
