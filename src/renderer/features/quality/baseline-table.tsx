import { valueAtDeviation, type Baseline } from '#core/quality/baseline.ts'
import { metricText, numberText } from '#core/quality/rule-text.ts'
import type { QualityRule, QualitySettings } from '#core/quality/rules.ts'
import { Button } from '../../ui/button.tsx'
import { ColumnHead } from '../../ui/column-head.tsx'
import table from '../../ui/table.module.css'
import css from './rules-panel.module.css'

interface BaselineTableProps {
  readonly baselines: QualitySettings['baselines']
  readonly rules: readonly QualityRule[]
  /** Channels whose baseline is not saved yet. */
  readonly changed: readonly string[]
  readonly learning: boolean
  readonly canLearn: boolean
  readonly onLearn: () => void
}

/** What good planes look like by channel, for the metrics whose rules compare with it. */
export function BaselineTable({
  baselines,
  rules,
  changed,
  learning,
  canLearn,
  onLearn,
}: BaselineTableProps) {
  const metrics = [
    ...new Set(rules.filter(({ of }) => of === 'deviation').map(({ metric }) => metric)),
  ]
  const channels = Object.entries(baselines)
  return (
    <div className={css['baselines']}>
      <h3 className={css['subtitle']}>Baseline</h3>
      {channels.length === 0 ? (
        <p className={css['hint']}>None yet: rules that compare with a baseline say nothing.</p>
      ) : (
        <table className={table['table']}>
          <thead>
            <tr>
              <ColumnHead>Channel</ColumnHead>
              <ColumnHead number>Planes</ColumnHead>
              {metrics.map(metric => (
                <ColumnHead key={metric} number>
                  {metricText(metric).name}
                </ColumnHead>
              ))}
            </tr>
          </thead>
          <tbody>
            {channels.map(([channel, baseline]) => (
              <tr key={channel}>
                <th scope="row">
                  {channel}
                  {changed.includes(channel) ? ' (new)' : ''}
                </th>
                <td className={table['number']}>{baseline.planes}</td>
                {metrics.map(metric => (
                  <td key={metric} className={table['number']}>
                    {spreadText(baseline, metric)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Button disabled={learning || !canLearn} onClick={onLearn}>
        {learning ? 'Learning…' : 'Learn a baseline from this plate'}
      </Button>
    </div>
  )
}

function spreadText(baseline: Baseline, metric: QualityRule['metric']): string {
  const known = baseline.metrics[metric]
  if (known === undefined) return '–'
  const sigma = valueAtDeviation(baseline, metric, 1)! - known.median
  return `${numberText(known.median)} ± ${numberText(Number(sigma.toPrecision(2)))}`
}
