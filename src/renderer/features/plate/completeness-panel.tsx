import type { PlateCompleteness } from '#contract/completeness.ts'
import type { PlateId } from '#core/brand.ts'
import { faultText } from '#core/fault-text.ts'
import { countText } from '../../lib/count-text.ts'
import { placeHash } from '../../lib/place.ts'
import { Button } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import css from './completeness-panel.module.css'
import { absentText, goingText, hereText } from './completeness-words.ts'
import { HoleMark } from './hole-mark.tsx'
import type { ArrivalsInHand } from './plate-state.ts'
import { holeText } from './well-lines.ts'

interface CompletenessPanelProps {
  readonly plateId: PlateId
  readonly arrivals: ArrivalsInHand
  /** Promised images that are here, as the plate itself tells it at once. */
  readonly here: number
  readonly onWell: (well: string) => void
  readonly onRetry: () => void
}

/** What of a plate is late or missing, and in which wells. A plate that has it all takes two lines. */
export function CompletenessPanel(props: CompletenessPanelProps) {
  const { plateId, arrivals, here, onWell, onRetry } = props
  return (
    <Panel
      title="Completeness"
      actions={
        arrivals.status === 'known' && (arrivals.completeness.counts?.missing ?? 0) > 0 ? (
          <a className={css['link']} href={placeHash({ view: 'reacquire', plateId })}>
            To image again
          </a>
        ) : null
      }
    >
      <div className={css['inside']}>
        {arrivals.status === 'loading' ? <p className={css['quiet']}>Counting…</p> : null}
        {arrivals.status === 'failed' ? (
          <>
            <p role="alert">{faultText(arrivals.fault)}</p>
            <Button onClick={onRetry}>Try again</Button>
          </>
        ) : null}
        {arrivals.status === 'known' ? (
          <Known completeness={arrivals.completeness} here={here} onWell={onWell} />
        ) : null}
      </div>
    </Panel>
  )
}

interface KnownProps {
  readonly here: number
  readonly completeness: PlateCompleteness
  readonly onWell: (well: string) => void
}

function Known({ completeness, here, onWell }: KnownProps) {
  const { counts, tooMany, absentChannels, absentWells, wells } = completeness
  if (counts === null) {
    const why = tooMany
      ? 'Its index promises more images than can be told one from another'
      : 'No index says how many images are to come'
    return (
      <>
        <p className={css['quiet']}>{`${why}, so none can be missed.`}</p>
        <p className={css['quiet']}>{goingText(completeness)}</p>
      </>
    )
  }
  const whole = new Set(absentWells)
  return (
    <>
      <p>{hereText(here, counts.here + counts.awaited + counts.late + counts.missing)}</p>
      <ul className={css['counts']}>
        {(['missing', 'late'] as const).map(hole =>
          counts[hole] === 0 ? null : (
            <li key={hole} className={css['count']}>
              <HoleMark hole={hole} />
              <strong>{`${counts[hole]} ${hole}`}</strong>
              <span className={css['quiet']}>
                {`in ${countText(wells.filter(well => well[hole] > 0).length, 'well')}`}
              </span>
            </li>
          ),
        )}
      </ul>
      {absentChannels.map(absent => (
        <p key={absent.channel}>{absentText(absent)}</p>
      ))}
      <WellChips wells={wells} whole={whole} onWell={onWell} />
      <p className={css['quiet']}>{goingText(completeness)}</p>
    </>
  )
}

/** As many as can be looked through; the plate marks all of them. */
const MOST_CHIPS = 96

interface WellChipsProps {
  /** Wells of which nothing came. */
  readonly whole: ReadonlySet<string>
  readonly wells: PlateCompleteness['wells']
  readonly onWell: (well: string) => void
}

function WellChips({ whole, wells, onWell }: WellChipsProps) {
  const text = (hole: PlateCompleteness['wells'][number]): string =>
    `${hole.well}: ${holeText(hole)}${whole.has(hole.well) ? ', all of it' : ''}`
  if (wells.length === 0) return null
  return (
    <>
      <ul className={css['wells']} aria-label="Wells with a hole">
        {wells.slice(0, MOST_CHIPS).map(hole => (
          <li key={hole.well}>
            <button
              type="button"
              className={css['chip']}
              title={text(hole)}
              aria-label={text(hole)}
              onClick={() => onWell(hole.well)}
            >
              <HoleMark hole={hole.missing > 0 ? 'missing' : 'late'} />
              {hole.well}
              <span className={css['quiet']}>
                {whole.has(hole.well) ? 'all' : hole.late + hole.missing}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {wells.length > MOST_CHIPS ? (
        <p
          className={css['quiet']}
        >{`and ${wells.length - MOST_CHIPS} more, marked on the plate`}</p>
      ) : null}
    </>
  )
}
