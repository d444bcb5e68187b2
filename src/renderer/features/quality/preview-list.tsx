import { useState } from 'react'
import type { Preview } from '#contract/quality.ts'
import type { FieldId, PlaneId } from '#core/brand.ts'
import { faultText } from '#core/fault-text.ts'
import { reasonText } from '#core/quality/rule-text.ts'
import { countText } from '../../lib/count-text.ts'
import type { PixelSource } from '../../lib/pixels.ts'
import { STATE_WORDS } from '../../lib/state-words.ts'
import { Button } from '../../ui/button.tsx'
import { ColumnHead } from '../../ui/column-head.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import table from '../../ui/table.module.css'
import { placeName } from './judged-table.ts'
import { PlaneButton } from './plane-button.tsx'
import css from './draft-bar.module.css'
import { shownPreview, type PreviewState } from './rules-state.ts'

interface PreviewListProps {
  readonly preview: PreviewState
  readonly pixels: PixelSource
  readonly onOpen: (fieldId: FieldId, planeId: PlaneId) => void
}

const VERDICTS = ['pass', 'fail', 'cannot-judge'] as const
const FIRST = 12

/** What the changed rules would make of this plate. */
export function PreviewList({ preview, pixels, onOpen }: PreviewListProps) {
  const [shown, setShown] = useState(FIRST)
  if (preview.status === 'failed') {
    return <p role="alert">What this would change could not be told. {faultText(preview.fault)}</p>
  }
  const known = shownPreview(preview)
  if (known === null) return <p className={css['hint']}>Judging the plate by these rules…</p>
  const { changed, changes } = known
  return (
    <div className={css['preview']} aria-busy={preview.status === 'asking'}>
      <h3 className={css['title']} role="status">
        {changed === 0
          ? 'No plane of this plate would be judged otherwise.'
          : `${countText(changed, 'plane')} of this plate would be judged otherwise.`}
      </h3>
      <CountsTable preview={known} />
      <div className={css['images']}>
        {changes
          .slice(0, shown)
          .map(({ planeId, version, fieldId, from, to, reasons, ...place }) => (
            <figure key={planeId} className={css['change']}>
              <PlaneButton
                pixels={pixels}
                planeId={planeId}
                version={version}
                state={to}
                name={placeName(place)}
                onOpen={() => onOpen(fieldId, planeId)}
              />
              <figcaption className={css['hint']}>
                {STATE_WORDS[from]} → {STATE_WORDS[to]}
                {reasons.length === 0 ? '' : `: ${reasons.map(reasonText).join(', ')}`}
              </figcaption>
            </figure>
          ))}
        {changes.length > shown ? (
          <Button onClick={() => setShown(shown + 4 * FIRST)}>
            {changes.length - shown} more
            {changes.length < changed ? ` of the first ${changes.length}` : ''}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

function CountsTable({ preview: { before, after } }: { readonly preview: Preview }) {
  return (
    <table className={table['table']}>
      <thead>
        <tr>
          <ColumnHead>Verdict</ColumnHead>
          <ColumnHead number>Now</ColumnHead>
          <ColumnHead number>Then</ColumnHead>
          <ColumnHead number>Change</ColumnHead>
        </tr>
      </thead>
      <tbody>
        {VERDICTS.map(state => (
          <tr key={state}>
            <th scope="row">
              <VerdictMark state={state} />
            </th>
            <td className={table['number']}>{before[state]}</td>
            <td className={table['number']}>{after[state]}</td>
            <td className={table['number']}>{signed(after[state] - before[state])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function signed(change: number): string {
  if (change === 0) return '0'
  return change > 0 ? `+${change}` : `−${-change}`
}
