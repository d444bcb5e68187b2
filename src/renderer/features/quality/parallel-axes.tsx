import { useEffect, useMemo, useRef, useState, type PointerEvent } from 'react'
import type { MetricName } from '#core/quality/metrics.ts'
import { metricText, numberText } from '#core/quality/rule-text.ts'
import { NumberField } from '../../ui/text-field.tsx'
import { axesOf, heightsOf, rangeBetween, type Axis } from './axis-layout.ts'
import { AXIS_BOTTOM, AXIS_TOP, drawLines } from './draw-lines.ts'
import type { JudgedTable } from './judged-table.ts'
import css from './parallel-axes.module.css'
import type { Range, Ranges } from './selected-rows.ts'
import { useColours } from './colours.ts'
import { useWidth } from '../../lib/use-width.ts'

interface ParallelAxesProps {
  readonly table: JudgedTable
  readonly metrics: readonly MetricName[]
  /** Planes that are drawn quietly, and of these those that lie within the brushes. */
  readonly rows: Int32Array
  readonly brushed: Int32Array
  readonly ranges: Ranges
  readonly onBrush: (metric: MetricName, range: Range | null) => void
}

const HEIGHT = 220

/** A line for each plane through its values on several axes; dragging along an axis picks planes out. */
export function ParallelAxes(props: ParallelAxesProps) {
  const { table, metrics, rows, brushed, ranges, onBrush } = props
  const colours = useColours()
  const host = useRef<HTMLDivElement>(null)
  const width = useWidth(host)
  const axes = useMemo(() => axesOf(table, metrics), [table, metrics])
  const narrowed = brushed.length < rows.length
  return (
    <div className={css['axes']} style={{ gridTemplateColumns: `repeat(${axes.length}, 1fr)` }}>
      {axes.map(({ metric }) => (
        <span key={metric} className={css['name']} title={metricText(metric).meaning}>
          {metricText(metric).name}
        </span>
      ))}
      <div ref={host} className={css['drawing']} style={{ height: HEIGHT }}>
        <Lines
          {...{ table, axes, width }}
          rows={rows}
          shown={narrowed}
          quiet={colours.borderStrong}
        />
        <Lines {...{ table, axes, width }} rows={brushed} shown quiet={null} />
        <div
          className={css['rails']}
          style={{ gridTemplateColumns: `repeat(${axes.length}, 1fr)` }}
        >
          {axes.map(axis => (
            <Rail
              key={axis.metric}
              axis={axis}
              range={ranges[axis.metric] ?? null}
              onBrush={range => onBrush(axis.metric, range)}
            />
          ))}
        </div>
      </div>
      {axes.map(axis => (
        <RangeFields
          key={axis.metric}
          axis={axis}
          range={ranges[axis.metric] ?? null}
          onBrush={range => onBrush(axis.metric, range)}
        />
      ))}
    </div>
  )
}

interface LinesProps {
  readonly table: JudgedTable
  readonly axes: readonly Axis[]
  readonly rows: Int32Array
  readonly width: number
  readonly shown: boolean
  /** One colour for all; null colours by verdict. */
  readonly quiet: string | null
}

function Lines({ table, axes, rows, width, shown, quiet }: LinesProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const colours = useColours()
  useEffect(() => {
    const { current } = canvas
    if (current === null || width === 0) return
    const picture = { table, axes, width, height: HEIGHT }
    let stop = (): void => {}
    // Several moves of a pointer within a frame are drawn once.
    const frame = requestAnimationFrame(() => {
      stop = drawLines(current, {
        ...picture,
        rows: shown ? rows : new Int32Array(0),
        colours: quiet === null ? colours : null,
        quiet: quiet ?? '',
      })
    })
    return () => {
      cancelAnimationFrame(frame)
      stop()
    }
  }, [table, axes, rows, width, shown, quiet, colours])
  return <canvas ref={canvas} className={css['canvas']} aria-hidden="true" />
}

interface RailProps {
  readonly axis: Axis
  readonly range: Range | null
  readonly onBrush: (range: Range | null) => void
}

/** The axis itself, to drag along; its numbers can be typed below it. */
function Rail({ axis, range, onBrush }: RailProps) {
  const [from, setFrom] = useState<number | null>(null)

  function heightAt(event: PointerEvent<HTMLElement>): number {
    const { top, height } = event.currentTarget.getBoundingClientRect()
    return 1 - (event.clientY - top - AXIS_TOP) / (height - AXIS_TOP - AXIS_BOTTOM)
  }

  function drag(event: PointerEvent<HTMLElement>): void {
    if (from === null) return
    const to = heightAt(event)
    // A press that does not move takes the brush away.
    onBrush(Math.abs(to - from) < 0.015 ? null : rangeBetween(axis, from, to))
  }

  return (
    <div
      className={css['rail']}
      onPointerDown={event => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setFrom(heightAt(event))
      }}
      onPointerMove={drag}
      onPointerUp={event => {
        drag(event)
        setFrom(null)
      }}
      onPointerCancel={() => setFrom(null)}
    >
      <span className={css['line']} style={{ top: AXIS_TOP, bottom: AXIS_BOTTOM }} />
      <span className={css['end']} style={{ top: 0 }}>
        {numberText(axis.max)}
      </span>
      <span className={css['end']} style={{ bottom: AXIS_BOTTOM - 6 }}>
        {numberText(axis.min)}
      </span>
      {range === null ? null : <span className={css['brush']} style={brushPlace(axis, range)} />}
    </div>
  )
}

function brushPlace(axis: Axis, range: Range): { readonly top: number; readonly height: number } {
  const inside = HEIGHT - AXIS_TOP - AXIS_BOTTOM
  const { low, high } = heightsOf(axis, range)
  return { top: AXIS_TOP + (1 - high) * inside, height: Math.max(3, (high - low) * inside) }
}

function RangeFields({ axis, range, onBrush }: RailProps) {
  const { name } = metricText(axis.metric)
  const { min, max } = range ?? { min: null, max: null }
  return (
    <span className={css['fields']}>
      <NumberField
        label={`Least ${name}`}
        silent
        value={min}
        onCommit={value => onBrush({ min: value, max })}
      />
      <NumberField
        label={`Most ${name}`}
        silent
        value={max}
        onCommit={value => onBrush({ min, max: value })}
      />
    </span>
  )
}
