import type { PlaneRow } from '#contract/plates.ts'
import type { PlaneId } from '#core/brand.ts'
import { faultText } from '#core/fault-text.ts'
import type { Fault } from '#core/fault.ts'
import { reasonText } from '#core/quality/rule-text.ts'
import { DECISION_WORDS } from '../../lib/decision-words.ts'
import { Button } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import css from './plane-list.module.css'
import type { ShownChannel } from './planes-shown.ts'

interface PlaneListProps {
  readonly shown: readonly ShownChannel[]
  /** Why planes cannot be shown, by channel. */
  readonly faults: ReadonlyMap<string, Fault>
  readonly onPlane: (planeId: PlaneId) => void
  readonly onReview: () => void
}

/** How each plane in sight stands: what the machine found, what people decided, what took its place. */
export function PlaneList({ shown, faults, onPlane, onReview }: PlaneListProps) {
  return (
    <Panel title="Verdicts" actions={<Button onClick={onReview}>Review</Button>}>
      <ul className={css['list']}>
        {shown.flatMap(({ channel, planes }) =>
          planes.map(plane => (
            <li key={plane.planeId} className={css['plane']}>
              <PlaneLine
                plane={plane}
                name={planes.length > 1 ? `${channel}, z ${plane.z}` : channel}
                fault={faults.get(channel)}
                onPlane={onPlane}
              />
            </li>
          )),
        )}
      </ul>
    </Panel>
  )
}

interface PlaneLineProps {
  readonly plane: PlaneRow
  readonly name: string
  readonly fault: Fault | undefined
  readonly onPlane: (planeId: PlaneId) => void
}

function PlaneLine({ plane, name, fault, onPlane }: PlaneLineProps) {
  const { state, reasons, message, decision, supersededBy, supersedes } = plane
  return (
    <>
      <span className={css['head']}>
        <span className={css['name']}>{name}</span>
        <VerdictMark state={state} />
      </span>
      {reasons.length > 0 ? (
        <span className={css['note']}>{reasons.map(reasonText).join(', ')}</span>
      ) : null}
      {message === null ? null : <span className={css['fault']}>{message}</span>}
      {fault !== undefined && state !== 'unreadable' ? (
        <span className={css['fault']}>{faultText(fault)}</span>
      ) : null}
      {decision === null || decision.withdrawn ? null : (
        <span className={css['note']}>
          {`${decision.by}: ${DECISION_WORDS[decision.word]}${decision.note === '' ? '' : ` (${decision.note})`}`}
        </span>
      )}
      {supersededBy === null ? null : (
        <span className={css['note']}>
          Imaged again since.{' '}
          <Button tone="quiet" onClick={() => onPlane(supersededBy)}>
            Show the newer image
          </Button>
        </span>
      )}
      {supersedes === null ? null : (
        <span className={css['note']}>Took the place of an earlier image.</span>
      )}
    </>
  )
}
