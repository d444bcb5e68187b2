import { STATISTICS, type Statistic, type WellQuantity } from '#contract/plates.ts'
import { METRIC_NAMES } from '#core/quality/metrics.ts'
import { metricText } from '#core/quality/rule-text.ts'
import { layoutColumns } from '#core/plate/layout-column.ts'
import { Select } from '../../ui/select.tsx'
import { STATISTIC_WORDS } from './figures.ts'
import type { ColourBy } from './look.ts'
import type { OpenPlate } from './plate-state.ts'

interface ColourControlsProps {
  readonly colourBy: ColourBy
  readonly plate: OpenPlate
  readonly onChange: (colourBy: ColourBy) => void
}

const STATISTIC_OPTIONS = STATISTICS.map(value => ({ value, text: STATISTIC_WORDS[value] }))
const METRIC_OPTIONS = METRIC_NAMES.map(value => ({ value, text: metricText(value).name }))
const LAYOUT = 'layout:'

/** What the colours of wells say, and of which channel. */
export function ColourControls({ colourBy, plate, onChange }: ColourControlsProps) {
  const { measures, summary, layout } = plate.details
  const quantity = colourBy.kind === 'quantity' ? colourBy.quantity : null
  const ask = (next: WellQuantity): void => onChange({ kind: 'quantity', quantity: next })
  const choices = [
    { value: 'verdict', text: 'Verdict' },
    { value: 'progress', text: 'Progress' },
    { value: 'objects', text: 'Number of objects' },
    { value: 'metric', text: 'Quality metric' },
    ...(measures.length > 0 ? [{ value: 'measure', text: 'Measure of objects' }] : []),
    ...layoutColumns(layout).map(column => ({
      value: `${LAYOUT}${column}`,
      text: `Platemap: ${column}`,
    })),
  ]

  function choose(choice: string): void {
    if (choice.startsWith(LAYOUT)) onChange({ kind: 'layout', column: choice.slice(LAYOUT.length) })
    else if (choice === 'verdict' || choice === 'progress' || choice === 'objects') {
      onChange({ kind: choice })
    } else if (choice === 'measure') {
      ask({ kind: 'measure', measure: measures[0]!, statistic: 'mean' })
    } else {
      const channel = summary.channels[0] ?? ''
      ask({ kind: 'metric', metric: 'edge_sharpness', channel, statistic: 'mean' })
    }
  }

  return (
    <>
      <Select
        label="Colour by"
        value={choiceOf(colourBy)}
        options={withCurrent(choices, choiceOf(colourBy))}
        onChange={choose}
      />
      {quantity?.kind === 'metric' ? (
        <>
          <Select
            label="Metric"
            value={quantity.metric}
            options={METRIC_OPTIONS}
            onChange={metric => ask({ ...quantity, metric })}
          />
          <Select
            label="Channel"
            value={quantity.channel}
            options={withCurrent(
              summary.channels.map(value => ({ value, text: value })),
              quantity.channel,
            )}
            onChange={channel => ask({ ...quantity, channel })}
          />
        </>
      ) : null}
      {quantity?.kind === 'measure' ? (
        <Select
          label="Measure"
          value={quantity.measure}
          options={withCurrent(
            measures.map(value => ({ value, text: value })),
            quantity.measure,
          )}
          onChange={measure => ask({ ...quantity, measure })}
        />
      ) : null}
      {quantity === null ? null : (
        <Select<Statistic>
          label="Statistic"
          value={quantity.statistic}
          options={STATISTIC_OPTIONS}
          onChange={statistic => ask({ ...quantity, statistic })}
        />
      )}
    </>
  )
}

function choiceOf(colourBy: ColourBy): string {
  if (colourBy.kind === 'layout') return `${LAYOUT}${colourBy.column}`
  return colourBy.kind === 'quantity' ? colourBy.quantity.kind : colourBy.kind
}

/** Another plate may lack what was chosen on the last one; the choice stays visible. */
function withCurrent<Value extends string>(
  options: readonly { readonly value: Value; readonly text: string }[],
  current: Value,
): readonly { readonly value: Value; readonly text: string }[] {
  if (options.some(({ value }) => value === current)) return options
  return [
    ...options,
    { value: current, text: `${current.replace(LAYOUT, '')} (not on this plate)` },
  ]
}
