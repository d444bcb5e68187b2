import { faultText } from '#core/fault-text.ts'
import { numberText } from '#core/quality/rule-text.ts'
import { ColourLegend } from './colour-legend.tsx'
import type { MapInHand } from './field-state.ts'
import css from './overlay-panel.module.css'
import { mapLimits } from './scene.ts'
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
      return <p className={css['hint']}>Measuring place by place…</p>
    case 'failed':
      return <p className={css['fault']}>{faultText(map.fault)}</p>
    case 'shown':
      return <Shown map={map} rules={rules} />
  }
}

interface ShownProps {
  readonly map: Extract<MapInHand, { readonly status: 'shown' }>
  readonly rules: RulesInUse | null
}

function Shown({ map, rules }: ShownProps) {
  const { low, high } = mapLimits(map.kind, map.samples.data, rules)
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
