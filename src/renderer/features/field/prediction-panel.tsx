import type { Prediction } from '#contract/fields.ts'
import { doubtText, shareText } from '#core/review/doubt.ts'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { Panel } from '../../ui/panel.tsx'
import css from './prediction-panel.module.css'
import { componentText, passesText, servedText, shortHash } from './prediction-words.ts'

interface PredictionPanelProps {
  readonly prediction: Prediction
}

/** What networks said of the field, how sure they are, and what ran them. */
export function PredictionPanel({ prediction }: PredictionPanelProps) {
  const { decision, doubts, uncertainty, components, novelty, limits } = prediction
  const novel = doubts.some(({ kind }) => kind === 'field-novel')
  return (
    <Panel title="Prediction" actions={<DoubtMark decision={decision} />}>
      <div className={css['body']}>
        {doubts.length === 0 ? null : (
          <ul className={css['doubts']}>
            {doubts.map(doubt => (
              <li key={doubt.kind}>{`${doubtText(doubt)}.`}</li>
            ))}
          </ul>
        )}
        <dl className={css['shares']}>
          <Share
            name="Uncertainty"
            note="0 sure, 1 not at all"
            value={uncertainty}
            limit={limits.uncertainty}
          />
          {partsOf(components).map(([name, value]) => (
            <Share key={name} name={componentText(name)} part value={value} limit={null} />
          ))}
          {novelty === null ? null : (
            <Share
              name="Novelty"
              note="0 as in training, 1 never seen"
              value={novelty}
              limit={limits.novelty}
            />
          )}
        </dl>
        {novel ? (
          <p className={css['warning']}>
            Images like this one were not among those that the networks were trained on. What they
            say may be wrong, however sure they are.
          </p>
        ) : null}
        <Networks prediction={prediction} />
      </div>
    </Panel>
  )
}

interface ShareProps {
  readonly name: string
  readonly note?: string
  /** 0 to 1. */
  readonly value: number
  readonly limit: number | null
  /** One of those that the value before it is made of. */
  readonly part?: boolean
}

/** A number from 0 to 1 with a bar, and a line where it becomes too much. */
function Share({ name, note, value, limit, part = false }: ShareProps) {
  const beyond = limit !== null && value > limit
  return (
    <div className={css['share']} data-part={part} data-beyond={beyond}>
      <dt title={note}>{name}</dt>
      <dd>
        <span className={css['bar']} aria-hidden="true">
          <span className={css['filled']} style={{ width: percent(value) }} />
          {limit === null ? null : (
            <span className={css['limit']} style={{ left: percent(limit) }} />
          )}
        </span>
        <span className={css['value']}>{shareText(value)}</span>
        {limit === null ? null : <span className="heard">{` of at most ${shareText(limit)}`}</span>}
      </dd>
    </div>
  )
}

function Networks({ prediction }: PredictionPanelProps) {
  const { networks, fellBack } = prediction
  return (
    <div className={css['networks']}>
      <ul>
        {networks.map(({ id, version, weights }) => (
          <li key={`${id} ${version}`} className={css['network']}>
            <span>{`${id} ${version}`}</span>
            <code title={`Weights: ${weights}`}>{shortHash(weights)}</code>
          </li>
        ))}
      </ul>
      <p>{`${passesText(prediction)}. ${servedText(prediction)}.`}</p>
      {fellBack === null ? null : <p className={css['warning']}>{`Fell back: ${fellBack}`}</p>}
    </div>
  )
}

/** The largest first. */
function partsOf(components: Prediction['components']): readonly (readonly [string, number])[] {
  return Object.entries(components).sort(([, a], [, b]) => b - a)
}

function percent(share: number): string {
  return `${100 * Math.min(Math.max(share, 0), 1)}%`
}
