import { memo } from 'react'
import { reasonText } from '#core/quality/rule-text.ts'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import css from './reasons-panel.module.css'
import type { ReasonCount } from './selected-rows.ts'

interface ReasonsPanelProps {
  /** The commonest first. */
  readonly reasons: readonly ReasonCount[]
  /** Planes that were judged. */
  readonly judged: number
  readonly shown: string | null
  readonly onShow: (reason: string | null) => void
}

/** Why planes do not pass; choosing a reason shows only its planes. */
export const ReasonsPanel = memo(function ReasonsPanel({
  reasons,
  judged,
  shown,
  onShow,
}: ReasonsPanelProps) {
  const most = reasons[0]?.planes ?? 1
  return (
    <Panel title="Reasons">
      {reasons.length > 0 ? null : (
        <p className={css['none']}>
          {judged === 0 ? 'No plane has been judged yet.' : 'Every judged plane passes.'}
        </p>
      )}
      <ol className={css['reasons']}>
        {reasons.map(({ reason, state, planes }) => (
          <li key={reason}>
            <button
              type="button"
              className={css['reason']}
              aria-pressed={shown === reason}
              onClick={() => onShow(shown === reason ? null : reason)}
            >
              <VerdictMark state={state} silent />
              <span>{reasonText(reason)}</span>
              <span className={css['count']}>{planes}</span>
              <meter className={css['bar']} min={0} max={most} value={planes} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ol>
    </Panel>
  )
})
