import type { PlaneRow } from '#contract/plates.ts'
import { Button } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { MapInHand } from './field-state.ts'
import { MapLegend } from './map-legend.tsx'
import css from './why-panel.module.css'
import { findingsOf, type RulesInUse } from './why.ts'

interface WhyPanelProps {
  /** Null where no plane in sight can be asked about. */
  readonly plane: PlaneRow | null
  readonly metrics: Readonly<Record<string, number | null>>
  /** Null while they are on their way. */
  readonly rules: RulesInUse | null
  readonly map: MapInHand
  readonly onClose: () => void
}

/** The rules that a plane does not pass, with what was measured. */
export function WhyPanel({ plane, metrics, rules, map, onClose }: WhyPanelProps) {
  return (
    <Panel
      title="Why was this flagged?"
      actions={
        <Button tone="quiet" label="Close the explanation" onClick={onClose}>
          ✕
        </Button>
      }
    >
      <div className={css['body']} aria-live="polite">
        <Explanation plane={plane} metrics={metrics} rules={rules} />
        {map.status !== 'none' && map.of === 'plane' ? <MapLegend map={map} rules={rules} /> : null}
      </div>
    </Panel>
  )
}

function Explanation({
  plane,
  metrics,
  rules,
}: Pick<WhyPanelProps, 'plane' | 'metrics' | 'rules'>) {
  if (plane === null) return <p>No plane in sight can be read.</p>
  if (plane.state === 'waiting') return <p>{`${plane.channel} is not judged yet.`}</p>
  if (plane.state === 'pass') {
    return <p>{`${plane.channel} passes every rule. Nothing in sight was flagged.`}</p>
  }
  if (plane.state === 'unreadable') return <p>{`${plane.channel}: ${plane.message ?? ''}`}</p>
  if (rules === null) return <p>Reading the rules…</p>
  return (
    <>
      <p>{`${plane.channel} ${plane.state === 'fail' ? 'fails' : 'cannot be judged'}:`}</p>
      <dl className={css['findings']}>
        {findingsOf(plane, metrics, rules).map(({ reason, measured, rule }) => (
          <div key={reason}>
            <dt className={css['reason']}>{reason}</dt>
            <dd>{measured}</dd>
            <dd className={css['rule']}>{rule}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
