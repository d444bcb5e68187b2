import { memo, useMemo } from 'react'
import { METRIC_NAMES, type MetricName } from '#core/quality/metrics.ts'
import { metricText, numberText, reasonText } from '#core/quality/rule-text.ts'
import { ColumnHead } from '../../ui/column-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import styles from '../../ui/table.module.css'
import { ChannelChart } from './channel-chart.tsx'
import { channelSeries, type ChannelSeries, type Judging } from './channel-series.ts'
import css from './control-panel.module.css'
import { DriftNotices } from './drift-notices.tsx'
import { planeName, type JudgedTable } from './judged-table.ts'
import type { Selection, SelectionEvent } from './selection.ts'

interface ControlPanelProps {
  readonly table: JudgedTable
  readonly judging: Judging
  /** In the instrument's order. */
  readonly channels: readonly string[]
  readonly metric: MetricName
  readonly along: Selection['along']
  /** The only channel to show; null shows all. */
  readonly channel: string | null
  readonly onSelect: (event: SelectionEvent) => void
  readonly onOpen: (row: number) => void
}

const METRICS = METRIC_NAMES.map(value => ({ value, text: metricText(value).name })).sort((a, b) =>
  a.text.localeCompare(b.text),
)
const ALL = ''

/** A metric over the planes in the order of imaging, channel by channel, against what is usual and what is allowed. */
export const ControlPanel = memo(function ControlPanel(props: ControlPanelProps) {
  const { table, judging, channels, metric, along, channel: only, onSelect, onOpen } = props
  const series = useMemo(
    () =>
      channels
        .filter(channel => only === null || channel === only)
        .map(channel => channelSeries(table, channel, metric, judging)),
    [table, channels, only, metric, judging],
  )
  return (
    <Panel
      title="Over the plate"
      actions={
        <span className={css['choices']}>
          <Select<MetricName>
            label="Metric"
            value={metric}
            options={METRICS}
            onChange={chosen => onSelect({ type: 'metric-chosen', metric: chosen })}
          />
          <Select
            label="Channel"
            value={only ?? ALL}
            options={[
              { value: ALL, text: 'all' },
              ...channels.map(channel => ({ value: channel, text: channel })),
            ]}
            onChange={channel =>
              onSelect({ type: 'filtered', filter: { channel: channel === ALL ? null : channel } })
            }
          />
          <Segmented
            label="Along"
            value={along}
            options={[
              { value: 'order', text: 'Order' },
              { value: 'time', text: 'Time' },
            ]}
            onChange={chosen => onSelect({ type: 'along-chosen', along: chosen })}
          />
        </span>
      }
    >
      <DriftNotices table={table} judging={judging} channels={channels} onOpen={onOpen} />
      <p className={css['meaning']}>{metricText(metric).meaning}</p>
      <div className={series.length > 2 ? css['pairs'] : css['column']}>
        {series.map(one => (
          <ChannelChart
            key={one.channel}
            series={one}
            table={table}
            metric={metric}
            along={along}
            height={series.length === 1 ? 260 : 170}
            onPick={onOpen}
          />
        ))}
      </div>
      <details className={css['details']}>
        <summary>As a table</summary>
        <LimitsTable series={series} table={table} metric={metric} />
      </details>
    </Panel>
  )
})

interface LimitsTableProps {
  readonly series: readonly ChannelSeries[]
  readonly table: JudgedTable
  readonly metric: MetricName
}

const FIGURES = ['Planes', 'Least', 'Centre', 'Most', '−3σ', '+3σ', 'Beyond 3σ'] as const

/** What the charts show, in figures. */
function LimitsTable({ series, table, metric }: LimitsTableProps) {
  return (
    <table className={styles['table']}>
      <caption className="heard">{metricText(metric).name} by channel</caption>
      <thead>
        <tr>
          <ColumnHead>Channel</ColumnHead>
          {FIGURES.map(heading => (
            <ColumnHead key={heading} number>
              {heading}
            </ColumnHead>
          ))}
          <ColumnHead>Limits of rules</ColumnHead>
          <ColumnHead>Drift</ColumnHead>
        </tr>
      </thead>
      <tbody>
        {series.map(({ channel, values, control, limits, drift, rows }) => (
          <tr key={channel}>
            <th scope="row">{channel}</th>
            {figuresOf({ values, control }).map((text, i) => (
              <td key={FIGURES[i]} className={styles['number']}>
                {text}
              </td>
            ))}
            <td>
              {limits
                .map(
                  ({ value, fails, reason }) =>
                    `${reasonText(reason)} ${fails} ${numberText(value)}`,
                )
                .join('; ') || 'none'}
            </td>
            <td>
              {drift === null
                ? 'none'
                : `${drift.direction} since ${planeName(table, rows[drift.sincePlane]!)}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** In the order of the headings. */
function figuresOf({
  values,
  control,
}: Pick<ChannelSeries, 'values' | 'control'>): readonly (string | number)[] {
  const least = extremeText(values, Math.min)
  const most = extremeText(values, Math.max)
  if (control === null) return [values.length, least, '–', most, '–', '–', '–']
  const { centre, low, high } = control
  const beyond = values.filter(value => value < low || value > high).length
  return [values.length, least, numberText(centre), most, numberText(low), numberText(high), beyond]
}

function extremeText(values: Float64Array, pick: (a: number, b: number) => number): string {
  return values.length === 0 ? '–' : numberText(values.reduce((a, b) => pick(a, b)))
}
