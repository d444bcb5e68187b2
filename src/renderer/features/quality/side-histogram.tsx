import type { ChannelSeries } from './channel-series.ts'
import css from './channel-chart.module.css'
import { PLOT_BOTTOM, PLOT_TOP } from './control-plot.ts'
import type { Bins } from './histogram.ts'

interface SideHistogramProps {
  readonly bins: Bins
  readonly series: ChannelSeries
  readonly width: number
  readonly height: number
  readonly label: string
}

/** How values are spread, lying on its side along the axis of the chart before it. */
export function SideHistogram({ bins, series, width, height, label }: SideHistogramProps) {
  const { min, max, counts } = bins
  const inside = Math.max(1, height - PLOT_TOP - PLOT_BOTTOM)
  const step = inside / counts.length
  const most = Math.max(1, ...counts)
  const yOf = (value: number): number => PLOT_TOP + (1 - (value - min) / (max - min)) * inside
  const within = (value: number): boolean => value >= min && value <= max
  const { control, limits } = series
  const band =
    control === null
      ? null
      : { top: yOf(Math.min(control.high, max)), bottom: yOf(Math.max(control.low, min)) }
  return (
    <svg className={css['histogram']} width={width} height={height} role="img" aria-label={label}>
      {band === null ? null : (
        <rect
          className={css['band']}
          x={0}
          y={band.top}
          width={width}
          height={Math.max(0, band.bottom - band.top)}
        />
      )}
      {[...counts].map((count, bin) =>
        count === 0 ? null : (
          <rect
            key={bin}
            className={css['bar']}
            x={0}
            y={PLOT_TOP + inside - (bin + 1) * step + 0.5}
            width={Math.max(1.5, (count / most) * (width - 4))}
            height={Math.max(1, step - 1)}
          />
        ),
      )}
      {limits.map(({ value, reason }) =>
        within(value) ? (
          <line
            key={reason}
            className={css['limit']}
            x1={0}
            x2={width}
            y1={yOf(value)}
            y2={yOf(value)}
          />
        ) : null,
      )}
    </svg>
  )
}
