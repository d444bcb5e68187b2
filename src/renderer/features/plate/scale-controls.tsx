import { COLOUR_MAPS } from '#core/plate/colour-maps.ts'
import type { ColourScale } from '#core/plate/colour-scale.ts'
import { Check } from '../../ui/check.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { NumberField } from '../../ui/text-field.tsx'
import css from './legend.module.css'
import { DATA_LIMITS, hasScores, isScored, SCORE_LIMITS, type Look } from './look.ts'

interface ScaleControlsProps {
  readonly look: Look
  /** What the limits are now. */
  readonly scale: ColourScale
  readonly onLook: (change: Partial<Look>) => void
}

/** Values or scores, limits that follow the data or stay, and the colour map. */
export function ScaleControls({ look, scale, onLook }: ScaleControlsProps) {
  const { limits, colourBy } = look
  const scored = isScored(look)
  const maps = COLOUR_MAPS.filter(({ kind }) => (kind === 'diverging') === scored)
  return (
    <div className={css['controls']}>
      {hasScores(look) ? (
        <Segmented
          label="Numbers"
          value={look.scores ? 'scores' : 'values'}
          options={[
            { value: 'values', text: 'Value' },
            {
              value: 'scores',
              text: 'z-score',
              title:
                'Robust z: distance from the plate’s median in 1.4826 median absolute deviations',
            },
          ]}
          onChange={value => onLook({ scores: value === 'scores' })}
        />
      ) : null}
      {colourBy.kind === 'progress' ? null : (
        <Segmented
          label="Limits of the colours"
          value={limits.kind}
          options={[
            {
              value: 'data',
              text: 'Rescale',
              title:
                'The colours run from one percentile of the wells to the other, and follow them',
            },
            {
              value: 'fixed',
              text: 'Clip',
              title:
                'The colours stay between two numbers; wells beyond have the colour of the end',
            },
          ]}
          onChange={kind =>
            onLook({
              limits:
                kind === 'data'
                  ? DATA_LIMITS
                  : scored
                    ? SCORE_LIMITS
                    : { kind, low: rounded(scale.low), high: rounded(scale.high) },
            })
          }
        />
      )}
      {colourBy.kind === 'progress' ? null : (
        <div className={css['limits']}>
          {limits.kind === 'data' ? (
            <>
              <NumberField
                label="Low, percentile"
                value={limits.lowPercent}
                stacked
                onCommit={low => {
                  const lowPercent = low ?? 1
                  if (lowPercent >= 0 && lowPercent < limits.highPercent) {
                    onLook({ limits: { ...limits, lowPercent } })
                  }
                }}
              />
              <NumberField
                label="High, percentile"
                value={limits.highPercent}
                stacked
                onCommit={high => {
                  const highPercent = high ?? 99
                  if (highPercent <= 100 && highPercent > limits.lowPercent) {
                    onLook({ limits: { ...limits, highPercent } })
                  }
                }}
              />
            </>
          ) : (
            <>
              <NumberField
                label="Low"
                value={limits.low}
                stacked
                onCommit={low => {
                  if (low !== null && low < limits.high) onLook({ limits: { ...limits, low } })
                }}
              />
              <NumberField
                label="High"
                value={limits.high}
                stacked
                onCommit={high => {
                  if (high !== null && high > limits.low) onLook({ limits: { ...limits, high } })
                }}
              />
            </>
          )}
        </div>
      )}
      <Select
        label="Colours"
        value={scored ? look.diverging : look.sequential}
        options={maps.map(({ name, title }) => ({ value: name, text: title }))}
        onChange={name => onLook(scored ? { diverging: name } : { sequential: name })}
      />
      <Check
        label="Mark verdicts in wells"
        checked={look.marks}
        onChange={marks => onLook({ marks })}
      />
    </div>
  )
}

/** Three digits are what somebody would type. */
function rounded(value: number): number {
  return Number(value.toPrecision(3))
}
