import 'uplot/dist/uPlot.min.css'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { MetricName } from '#core/quality/metrics.ts'
import { metricText, numberText, reasonText } from '#core/quality/rule-text.ts'
import { countText } from '../../lib/count-text.ts'
import { STATE_WORDS } from '../../lib/state-words.ts'
import type { ChannelSeries } from './channel-series.ts'
import { controlPlot, type ControlPlot } from './control-plot.ts'
import css from './channel-chart.module.css'
import { binValues, shownRange } from './histogram.ts'
import { planeName, type JudgedTable } from './judged-table.ts'
import { SideHistogram } from './side-histogram.tsx'
import { useColours } from './colours.ts'
import { useWidth } from '../../lib/use-width.ts'

interface ChannelChartProps {
  readonly series: ChannelSeries
  readonly table: JudgedTable
  readonly metric: MetricName
  readonly along: 'time' | 'order'
  readonly height: number
  readonly onPick: (row: number) => void
}

const HISTOGRAM_WIDTH = 96
const BINS = 36

/** The control chart of one channel, and how its values are spread along the same axis. */
export function ChannelChart({ series, table, metric, along, height, onPick }: ChannelChartProps) {
  const colours = useColours()
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<ControlPlot | null>(null)
  const width = useWidth(host)
  const [pointed, setPointed] = useState<number | null>(null)
  const range = useMemo(() => shownRange(series.values, marksOf(series)), [series])
  const bins = useMemo(() => binValues(series.values, range, BINS), [series, range])
  const content = useRef({ series, table, range, along, colours })
  const pick = useRef(onPick)
  useEffect(() => {
    content.current = { series, table, range, along, colours }
    pick.current = onPick
  })
  useEffect(() => {
    const made = controlPlot(
      host.current!,
      () => content.current,
      setPointed,
      index => pick.current(content.current.series.rows[index]!),
    )
    plot.current = made
    return () => made.destroy()
  }, [along, colours])
  useEffect(() => plot.current?.show(), [series, range, along, colours])
  useEffect(() => {
    if (width > 0) plot.current?.resize(width, height)
  }, [width, height, along, colours])

  const { name } = metricText(metric)
  const row = pointed === null ? undefined : series.rows[pointed]
  return (
    <figure className={css['chart']}>
      <figcaption className={css['caption']}>
        <span className={css['channel']}>{series.channel}</span>
        <span className={css['pointed']}>
          {row === undefined
            ? summaryText(series)
            : pointText(table, row, series.values[pointed!]!)}
        </span>
      </figcaption>
      <div className={css['plots']}>
        <div
          ref={host}
          className={css['plot']}
          role="img"
          aria-label={`Control chart of ${name} in ${series.channel}. ${summaryText(series)}`}
        />
        <SideHistogram
          bins={bins}
          series={series}
          width={HISTOGRAM_WIDTH}
          height={height}
          label={`Distribution of ${name} in ${series.channel}`}
        />
      </div>
    </figure>
  )
}

function marksOf({ control, limits }: ChannelSeries): readonly number[] {
  const lines = control === null ? [] : [control.low, control.centre, control.high]
  return [...lines, ...limits.map(({ value }) => value)]
}

function pointText(table: JudgedTable, row: number, value: number): string {
  const reasons = table.reasons[row]!
  const words = [planeName(table, row), numberText(value), STATE_WORDS[table.state[row]!]]
  if (reasons !== '') words.push(reasons.split(',').map(reasonText).join(', '))
  return words.join(' · ')
}

/** Where the limits come from. */
function summaryText({ values, control }: ChannelSeries): string {
  const planes = countText(values.length, 'plane')
  if (control === null) return `${planes}; too few pass yet to say what is usual`
  const from =
    control.from === 'recipe'
      ? `the recipe’s baseline of ${control.planes} planes`
      : `the first ${control.planes} planes of this plate that pass`
  return `${planes}; limits from ${from}`
}
