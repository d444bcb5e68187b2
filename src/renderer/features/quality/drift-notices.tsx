import { useMemo } from 'react'
import type { MetricName } from '#core/quality/metrics.ts'
import { metricText } from '#core/quality/rule-text.ts'
import { Button } from '../../ui/button.tsx'
import { channelSeries, type Judging } from './channel-series.ts'
import css from './control-panel.module.css'
import { planeName, type JudgedTable } from './judged-table.ts'

interface DriftNoticesProps {
  readonly table: JudgedTable
  readonly judging: Judging
  readonly channels: readonly string[]
  readonly onOpen: (row: number) => void
}

/** What an instrument does to a plate little by little, and what to look at. */
const WATCHED: Partial<Record<MetricName, string>> = {
  background_level: 'Look at the lamp and the exposure.',
  edge_sharpness: 'Look at the focus and the plate holder.',
  illumination_unevenness: 'Look at the alignment of the lamp.',
}

/** Says when a channel drifts, whichever metric is on screen. */
export function DriftNotices({ table, judging, channels, onOpen }: DriftNoticesProps) {
  const drifts = useMemo(
    () =>
      Object.entries(WATCHED).flatMap(([name, advice]) =>
        channels.flatMap(channel => {
          const metric = name as MetricName
          const { drift, rows } = channelSeries(table, channel, metric, judging)
          return drift === null ? [] : [{ metric, advice, channel, drift, rows }]
        }),
      ),
    [table, judging, channels],
  )
  if (drifts.length === 0) return null
  return (
    <ul className={css['drifts']} role="status">
      {drifts.map(({ metric, advice, channel, drift, rows }) => {
        const row = rows[drift.sincePlane]!
        return (
          <li key={`${metric} ${channel}`} className={css['drift']}>
            <span aria-hidden="true">{drift.direction === 'up' ? '↗' : '↘'}</span>
            <span>
              {sentence(metricText(metric).name)} of {channel} has drifted {drift.direction} since
              plane {drift.sincePlane + 1}, {planeName(table, row)}. {advice}
            </span>
            <Button tone="quiet" onClick={() => onOpen(row)}>
              Show
            </Button>
          </li>
        )
      })}
    </ul>
  )
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
