import type { PredictionMap } from '#contract/pixels.ts'
import { faultText } from '#core/fault-text.ts'
import { numberText } from '#core/quality/rule-text.ts'
import { ColourLegend } from './colour-legend.tsx'
import type { MapInHand, ShownMap } from './field-state.ts'
import css from './overlay-panel.module.css'
import { MAP_COLOURS, mapLimits } from './scene.ts'
import type { RulesInUse } from './why.ts'

interface MapLegendProps {
  readonly map: MapInHand
  readonly rules: RulesInUse | null
}

/** What the colours of the map in sight mean, or why there is none. */
export function MapLegend({ map, rules }: MapLegendProps) {
  switch (map.status) {
    case 'none':
      return null
    case 'loading':
      return (
        <p className={css['hint']}>
          {map.of === 'plane' ? 'Measuring place by place…' : 'Fetching the map…'}
        </p>
      )
    case 'failed':
      return <p className={css['fault']}>{faultText(map.fault)}</p>
    case 'shown':
      return <Shown map={map} rules={rules} />
  }
}

/** What a map of networks says, and what its first and last colour mean. */
const PREDICTION_WORDS: Readonly<
  Record<PredictionMap, { readonly says: string; readonly low: string; readonly high: string }>
> = {
  entropy: {
    says: 'How unsure the networks are of each pixel.',
    low: '0 sure',
    high: '1 not at all',
  },
  'mutual-information': {
    says: 'How far the predictions that were combined disagree about each pixel.',
    low: '0 all agree',
    high: '1 none do',
  },
  foreground: {
    says: 'How probably each pixel belongs to an object.',
    low: '0 surely not',
    high: '1 surely',
  },
  saliency: {
    says: 'How much each place decided what the networks said.',
    low: '0 nothing',
    high: '1 the most',
  },
  'class-activation': {
    says: 'How much each place speaks for the class that was found.',
    low: '0 nothing',
    high: '1 the most',
  },
}

function OfPrediction({ kind }: { readonly kind: PredictionMap }) {
  const { says, low, high } = PREDICTION_WORDS[kind]
  return (
    <>
      <p className={css['hint']}>{says}</p>
      <ColourLegend colours={MAP_COLOURS.prediction} low={low} high={high} />
    </>
  )
}

interface ShownProps {
  readonly map: ShownMap
  readonly rules: RulesInUse | null
}

function Shown({ map, rules }: ShownProps) {
  const { low, high } = mapLimits(map, rules)
  if (map.of === 'prediction') return <OfPrediction kind={map.kind} />
  if (map.kind === 'sharpness') {
    return (
      <>
        <p className={css['hint']}>{`Sharpness of edges in ${map.channel}, seen alone.`}</p>
        <ColourLegend
          low={`${numberText(low)} blurred`}
          high={`${numberText(high)} sharp`}
          hatched="too few edges to tell"
        />
      </>
    )
  }
  if (!map.samples.data.some(value => value > 0)) {
    return <p className={css['hint']}>{`No pixel of ${map.channel} is saturated.`}</p>
  }
  return (
    <>
      <p className={css['hint']}>{`Saturated share of pixels in ${map.channel}, seen alone.`}</p>
      <ColourLegend low={numberText(low)} high={numberText(high)} />
    </>
  )
}
