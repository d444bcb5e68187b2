import { Panel } from '../../ui/panel.tsx'
import { Select } from '../../ui/select.tsx'
import { Slider } from '../../ui/slider.tsx'
import { hasScores, type Look } from './look.ts'
import type { Figures } from './figures.ts'
import css from './legend.module.css'
import { ScaleBar } from './scale-bar.tsx'
import { ScaleControls } from './scale-controls.tsx'
import { categoryColour } from './skin.ts'
import { StateLegend } from './state-legend.tsx'
import type { WellLine } from './well-lines.ts'

interface LegendProps {
  readonly figures: Figures
  readonly look: Look
  readonly lines: readonly (readonly WellLine[])[]
  readonly onLook: (change: Partial<Look>) => void
}

/** What the colours and shapes of the plates mean, with the controls that change them. */
export function Legend({ figures, look, lines, onLook }: LegendProps) {
  const { plates } = figures
  const numbers = plates.flatMap(({ shown }) => (shown === null ? [] : [shown]))
  const inexact = plates.some(({ plate }) => plate.numbers?.values.exact === false)
  return (
    <Panel title={look.show === 'thumbnails' ? 'Thumbnails' : figures.title}>
      <div className={css['legend']}>
        {look.show === 'thumbnails' ? (
          <ThumbnailControls figures={figures} look={look} onLook={onLook} />
        ) : (
          <>
            {numbers.length > 0 && figures.scale === null ? (
              <p className={css['quiet']}>{missingText(figures, look)}</p>
            ) : null}
            {figures.scale === null ? null : (
              <>
                <ScaleBar scale={figures.scale} map={figures.map} plates={numbers} />
                <ScaleControls look={look} scale={figures.scale} onLook={onLook} />
              </>
            )}
            {inexact && look.colourBy.kind === 'quantity' ? (
              <p className={css['quiet']}>
                Medians are those of the fields’ medians until the plate is complete.
              </p>
            ) : null}
            {figures.categories === null ? null : (
              <Categories names={figures.categories} figures={figures} />
            )}
          </>
        )}
        <StateLegend lines={lines.flat()} />
      </div>
    </Panel>
  )
}

function missingText({ plates }: Figures, look: Look): string {
  if (plates.some(({ pending }) => pending)) return 'Reading the numbers…'
  if (look.scores && hasScores(look)) {
    return 'Most wells have the same number, so there is no spread to score by. Choose “Value”.'
  }
  return 'No well has this number yet. It comes with the images that can be measured.'
}

function Categories({
  names,
  figures,
}: {
  readonly names: readonly string[]
  readonly figures: Figures
}) {
  const counts = names.map((_, place) =>
    figures.plates.reduce((sum, { scene: { paint } }) => {
      if (paint.kind !== 'categories') return sum
      return sum + paint.places.filter(found => found === place).length
    }, 0),
  )
  return (
    <ul className={css['states']}>
      {names.map((name, place) => (
        <li key={name} className={css['state']}>
          <span className={css['category']} style={{ background: categoryColour(place) }}>
            {place + 1}
          </span>
          <span className={css['name']}>{name}</span>
          <span className={css['count']}>{counts[place]}</span>
        </li>
      ))}
    </ul>
  )
}

function ThumbnailControls({
  figures,
  look,
  onLook,
}: {
  readonly figures: Figures
  readonly look: Look
  readonly onLook: (change: Partial<Look>) => void
}) {
  const { thumbnails } = look
  const channels = [
    ...new Set(figures.plates.flatMap(({ plate }) => plate.details.summary.channels)),
  ]
  const change = (changed: Partial<Look['thumbnails']>): void =>
    onLook({ thumbnails: { ...thumbnails, ...changed } })
  return (
    <div className={css['controls']}>
      <Select
        label="Channel"
        value={thumbnails.channel ?? channels[0] ?? ''}
        options={channels.map(value => ({ value, text: value }))}
        onChange={channel => change({ channel })}
      />
      <Slider
        label="Black"
        min={0}
        max={50}
        step={0.5}
        value={thumbnails.lowPercent}
        text={`${thumbnails.lowPercent} %`}
        onChange={lowPercent => change({ lowPercent })}
      />
      <Slider
        label="White"
        min={51}
        max={100}
        step={0.1}
        value={thumbnails.highPercent}
        text={`${thumbnails.highPercent} %`}
        onChange={highPercent => change({ highPercent })}
      />
      <p className={css['quiet']}>
        Percentiles over the whole plate, so that wells can be compared.
      </p>
    </div>
  )
}
