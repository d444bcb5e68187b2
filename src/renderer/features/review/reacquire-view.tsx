import { useEffect } from 'react'
import type { Reacquisition } from '#contract/review.ts'
import { assertNever } from '#core/fault.ts'
import { reasonText } from '#core/quality/rule-text.ts'
import { reacquisitionCsv } from '#core/review/reacquisition-csv.ts'
import { momentText } from '../../lib/moment-text.ts'
import { useObservable } from '../../lib/observable.ts'
import type { GoTo, Place } from '../../lib/place.ts'
import { saveCsv } from '../../lib/save-file.ts'
import { Button } from '../../ui/button.tsx'
import { Empty, FaultMessage, Loading } from '../../ui/message.tsx'
import { PlateName } from '../../ui/plate-name.tsx'
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

const COLUMNS = ['Well', 'Site', 'Z', 'T', 'Channels', 'Why', 'Note', 'State'] as const

const GROUP_WORDS: Readonly<Record<Reacquisition['because'], string>> = {
  decided: 'Decided',
  flagged: 'Flagged, nobody has looked',
  unreadable: 'Unreadable',
  missing: 'Promised by the index, never came',
}

interface PageProps {
  readonly list: Extract<ReacquireState, { readonly status: 'listed' }>
  readonly onReview: () => void
}

function Page({ list, onReview }: PageProps) {
  const { plateId, plate, folder, operator, items, at } = list
  const open = items.filter(({ state }) => state === 'open').length
  const save = (): void => saveCsv(`${plate} image again.csv`, reacquisitionCsv(plate, items))
  return (
    <article className={css['page']}>
      <header className={css['head']}>
        <h1 className={css['title']}>
          Image again: <PlateName plateId={plateId} name={plate} />
        </h1>
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
          <dt>Folder</dt>
          <dd>{folder}</dd>
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
              <th className={css['tick']} scope="col">
                Done
              </th>
              {COLUMNS.map(heading => (
                <th key={heading} scope="col" className={heading === 'Note' ? css['note'] : ''}>
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          {groupsOf(items).map(({ because, members }) => (
            <tbody key={because}>
              <tr>
                <th className={css['group']} colSpan={COLUMNS.length + 1} scope="rowgroup">
                  {`${GROUP_WORDS[because]} (${members.length})`}
                </th>
              </tr>
              {members.map((item, i) => (
                <Row key={i} item={item} />
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </article>
  )
}

function Row({ item }: { readonly item: Reacquisition }) {
  const { well, site, z, t, channels, note, state } = item
  return (
    <tr className={state === 'open' ? undefined : css['closed']}>
      <td className={css['tick']}>
        <span className={css['box']} />
      </td>
      <td>{well ?? '–'}</td>
      <td>{site ?? '–'}</td>
      <td>{z}</td>
      <td>{t}</td>
      <td>{channels.join(', ')}</td>
      <td>{whyText(item)}</td>
      <td className={css['note']}>{note}</td>
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

interface Group {
  readonly because: Reacquisition['because']
  readonly members: readonly Reacquisition[]
}

/** Why something is on the list, in the order in which people go through it; only what there is. */
export function groupsOf(items: readonly Reacquisition[]): readonly Group[] {
  return (Object.keys(GROUP_WORDS) as Reacquisition['because'][])
    .map(because => ({ because, members: items.filter(item => item.because === because) }))
    .filter(({ members }) => members.length > 0)
}

/** What a group's heading does not say yet: `Mara; out of focus`. */
export function whyText({ by, reasons }: Pick<Reacquisition, 'by' | 'reasons'>): string {
  const said = reasons.map(reasonText).join(', ')
  return [by ?? '', said].filter(text => text !== '').join('; ')
}
