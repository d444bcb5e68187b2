import { colourMapOf, type ColourMapName } from '#core/plate/colour-maps.ts'
import css from './colour-legend.module.css'

interface ColourLegendProps {
  /** Which colours it is drawn in. */
  readonly colours?: ColourMapName
  readonly low: string
  readonly high: string
  /** What hatching means, where there is any. */
  readonly hatched?: string
}

const STOPS = 16

/** A colour scale with the values at its ends. */
export function ColourLegend({ colours = 'viridis', low, high, hatched }: ColourLegendProps) {
  return (
    <div className={css['legend']}>
      <div
        className={css['scale']}
        style={{ backgroundImage: gradientOf(colours) }}
        aria-hidden="true"
      />
      <div className={css['ends']}>
        <span>{low}</span>
        <span>{high}</span>
      </div>
      {hatched === undefined ? null : <p className={css['hatched']}>{`Hatched: ${hatched}.`}</p>}
    </div>
  )
}

function gradientOf(name: ColourMapName): string {
  const { colours } = colourMapOf(name)
  const stops = Array.from({ length: STOPS }, (_, i) => {
    const at = 3 * Math.round((255 * i) / (STOPS - 1))
    return `rgb(${colours[at]} ${colours[at + 1]} ${colours[at + 2]})`
  })
  return `linear-gradient(to right, ${stops.join(', ')})`
}
