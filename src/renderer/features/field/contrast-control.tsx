import type { ReactNode } from 'react'
import type { PlaneDescription } from '#contract/pixels.ts'
import { NumberField } from '../../ui/text-field.tsx'
import css from './contrast-control.module.css'
import { movedEnd, rangeOf, stepOf, type Limits } from './contrast.ts'
import { barsOf } from './histogram-bars.ts'

interface ContrastControlProps {
  readonly channel: string
  readonly description: PlaneDescription
  readonly limits: Limits
  readonly colour: string
  readonly onChange: (limits: Limits) => void
  /** Between the two figures. */
  readonly children: ReactNode
}

const HEIGHT = 32

/** The histogram of a plane under two handles, and the limits in figures. */
export function ContrastControl(props: ContrastControlProps) {
  const { channel, description, limits, colour, onChange, children } = props
  const range = rangeOf(description, limits)
  const step = stepOf(description)
  const share = (value: number): number =>
    (100 * (value - range.low)) / Math.max(range.high - range.low, step)
  const move = (end: 'low' | 'high', to: number): void =>
    onChange(movedEnd(limits, end, to, range, step))
  const type = (end: 'low' | 'high', to: number | null): void => {
    if (to === null) return
    const wide = { low: Math.min(to, range.low), high: Math.max(to, range.high) }
    onChange(movedEnd(limits, end, to, wide, step))
  }
  return (
    <div className={css['control']}>
      <div className={css['plot']}>
        <svg
          className={css['histogram']}
          viewBox={`0 0 100 ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path d={pathOf(barsOf(description, range))} fill="currentColor" />
          <rect
            x={share(limits.low)}
            width={Math.max(0, share(limits.high) - share(limits.low))}
            height={HEIGHT}
            fill={colour}
            opacity={0.22}
          />
        </svg>
        {(['low', 'high'] as const).map(end => (
          <input
            key={end}
            type="range"
            className={css['handle']}
            aria-label={end === 'low' ? `${channel}: shown as black` : `${channel}: shown as full`}
            min={range.low}
            max={range.high}
            step={step}
            value={limits[end]}
            onChange={event => move(end, Number(event.target.value))}
          />
        ))}
      </div>
      <div className={css['figures']}>
        <NumberField
          label={`${channel} black`}
          silent
          value={figure(limits.low)}
          onCommit={to => type('low', to)}
        />
        {children}
        <NumberField
          label={`${channel} full`}
          silent
          value={figure(limits.high)}
          onCommit={to => type('high', to)}
        />
      </div>
    </div>
  )
}

function figure(value: number): number {
  return Number(value.toPrecision(6))
}

/** One outline around all bars: seams would show between bars of their own. */
function pathOf(bars: readonly number[]): string {
  const width = 100 / Math.max(1, bars.length)
  const steps = bars.map(bar => `V${((1 - bar) * HEIGHT).toFixed(2)}h${width.toFixed(4)}`)
  return `M0 ${HEIGHT}${steps.join('')}V${HEIGHT}z`
}
