import uPlot from 'uplot'
import { numberText, reasonText } from '#core/quality/rule-text.ts'
import type { ChannelSeries } from './channel-series.ts'
import { clockText, dayClockText } from '../../lib/moment-text.ts'
import { drawMark } from './draw-mark.ts'
import type { JudgedTable } from './judged-table.ts'
import type { Colours } from './colours.ts'

/** What a control chart shows; it changes while the chart stays. */
export interface ControlPlotContent {
  readonly series: ChannelSeries
  readonly table: JudgedTable
  readonly range: readonly [number, number]
  readonly along: 'time' | 'order'
  readonly colours: Colours
}

/** Space above and below the points, in CSS pixels; what stands beside the chart is laid out by it. */
export const PLOT_TOP = 8
export const PLOT_BOTTOM = 24
const AXIS_WIDTH = 56
/** Right of the points, for what the lines are. */
const GUTTER = 32

/** A control chart: points by verdict, centre, control limits, limits of rules, and where a drift began. */
export interface ControlPlot {
  show(): void
  resize(width: number, height: number): void
  destroy(): void
}

export function controlPlot(
  host: HTMLElement,
  content: () => ControlPlotContent,
  onPoint: (index: number | null) => void,
  onPick: (index: number) => void,
): ControlPlot {
  const { along, colours } = content()
  const axis = {
    stroke: colours.inkQuiet,
    font: colours.font,
    grid: { stroke: colours.border, width: 1 },
    ticks: { stroke: colours.border, width: 1, size: 4 },
  }
  const plot = new uPlot(
    {
      width: 100,
      height: 100,
      padding: [PLOT_TOP, GUTTER, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { size: 9, fill: 'transparent', stroke: colours.ink } },
      scales: {
        x: { time: along === 'time' },
        y: { range: () => [...content().range] as [number, number] },
      },
      axes: [
        {
          ...axis,
          size: PLOT_BOTTOM,
          space: 84,
          values: along === 'time' ? timeTicks : orderTicks,
        },
        { ...axis, size: AXIS_WIDTH, space: 32, values: (_, ticks) => ticks.map(numberText) },
      ],
      series: [{}, { paths: () => null, points: { show: false } }],
      hooks: {
        drawSeries: [chart => drawPoints(chart, content())],
        draw: [chart => drawLines(chart, content())],
        setCursor: [chart => onPoint(chart.cursor.idx ?? null)],
      },
    },
    [[], []],
    host,
  )
  plot.over.addEventListener('click', () => {
    if (typeof plot.cursor.idx === 'number') onPick(plot.cursor.idx)
  })

  return {
    show() {
      const { series, table } = content()
      const x =
        along === 'order'
          ? Float64Array.from(series.rows, (_, i) => i + 1)
          : ascending(Float64Array.from(series.rows, row => table.judgedAt[row]! / 1000))
      plot.setData([x, series.values])
    },
    resize: (width, height) => plot.setSize({ width, height }),
    destroy: () => plot.destroy(),
  }
}

/** Recorded order differs from the order of ends by seconds; a chart wants its x to rise. */
function ascending(times: Float64Array): Float64Array {
  for (let i = 1; i < times.length; i += 1) times[i] = Math.max(times[i]!, times[i - 1]!)
  return times
}

function timeTicks(_: uPlot, ticks: readonly number[]): string[] {
  const days = (ticks.at(-1)! - ticks[0]!) / 86_400 > 1
  return ticks.map(tick => (days ? dayClockText : clockText)(tick * 1000))
}

function orderTicks(_: uPlot, ticks: readonly number[]): string[] {
  return ticks.map(tick => (Number.isInteger(tick) ? String(tick) : ''))
}

function drawPoints(chart: uPlot, { series, table, colours }: ControlPlotContent): void {
  const { ctx: context, data } = chart
  const scale = devicePixelRatio
  context.save()
  context.lineWidth = 1.4 * scale
  const size = (series.rows.length > 1500 ? 2 : 2.8) * scale
  for (let i = 0; i < series.rows.length; i += 1) {
    const state = table.state[series.rows[i]!]!
    context.fillStyle = colours.states[state]
    context.strokeStyle = colours.states[state]
    const x = chart.valToPos(data[0][i]!, 'x', true)
    drawMark(context, state, x, chart.valToPos(series.values[i]!, 'y', true), size)
  }
  context.restore()
}

function drawLines(chart: uPlot, { series, range, colours }: ControlPlotContent): void {
  const { ctx: context, bbox } = chart
  const scale = devicePixelRatio
  const { control, limits, drift } = series
  context.save()
  context.font = colours.font.replace(/^[\d.]+/, size => String(Number(size) * scale))
  context.lineWidth = scale

  function across(value: number, colour: string, dash: readonly number[]): number | null {
    if (value < range[0] || value > range[1]) return null
    const y = Math.round(chart.valToPos(value, 'y', true)) + 0.5
    context.strokeStyle = colour
    context.setLineDash(dash.map(length => length * scale))
    context.beginPath()
    context.moveTo(bbox.left, y)
    context.lineTo(bbox.left + bbox.width, y)
    context.stroke()
    return y
  }

  function besideLine(y: number | null, label: string): void {
    if (y === null) return
    context.fillStyle = colours.inkQuiet
    context.textAlign = 'left'
    context.textBaseline = 'middle'
    context.fillText(label, bbox.left + bbox.width + 4 * scale, y)
  }

  /** On a ground of its own, for points may lie there. */
  function onLine(y: number | null, label: string, colour: string): void {
    if (y === null) return
    const right = bbox.left + bbox.width - 4 * scale
    const bottom = y - bbox.top > 16 * scale ? y - scale : y + 15 * scale
    const { width } = context.measureText(label)
    context.fillStyle = colours.surface
    context.globalAlpha = 0.8
    context.fillRect(right - width - 3 * scale, bottom - 14 * scale, width + 6 * scale, 14 * scale)
    context.globalAlpha = 1
    context.fillStyle = colour
    context.textAlign = 'right'
    context.textBaseline = 'bottom'
    context.fillText(label, right, bottom)
  }

  if (control !== null) {
    across(control.centre, colours.ink, [])
    const low = across(control.low, colours.ink, [5, 4])
    const high = across(control.high, colours.ink, [5, 4])
    besideLine(high, '+3σ')
    // Two labels need the height of two lines.
    if (low === null || high === null || low - high > 12 * scale) besideLine(low, '−3σ')
  }
  for (const { value, reason } of limits) {
    const { fail } = colours.states
    onLine(across(value, fail, [2, 3]), reasonText(reason), fail)
  }
  if (drift !== null) {
    const x = Math.round(chart.valToPos(chart.data[0][drift.sincePlane]!, 'x', true)) + 0.5
    context.strokeStyle = colours.accent
    context.setLineDash([])
    context.beginPath()
    context.moveTo(x, bbox.top)
    context.lineTo(x, bbox.top + bbox.height)
    context.stroke()
    context.fillStyle = colours.accent
    context.textAlign = 'left'
    context.textBaseline = 'top'
    context.fillText(`drift ${drift.direction}`, x + 4 * scale, bbox.top + 2 * scale)
  }
  context.restore()
}
