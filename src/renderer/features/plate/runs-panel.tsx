import type { PlateCompleteness } from '#contract/completeness.ts'
import type { PlateDetails } from '#contract/plates.ts'
import { countText } from '../../lib/count-text.ts'
import { Panel } from '../../ui/panel.tsx'
import type { ArrivalsInHand } from './plate-state.ts'
import { channelText, instrumentTime, objectiveText, placedText } from '../../lib/run-words.ts'
import css from './runs-panel.module.css'

type Run = PlateDetails['acquisitions'][number]
type RunArrivals = PlateCompleteness['runs'][number]

interface RunsPanelProps {
  readonly runs: readonly Run[]
  readonly arrivals: ArrivalsInHand
}

/** Every time that a plate was imaged: where, when, how, and what took the place of what. */
export function RunsPanel({ runs, arrivals }: RunsPanelProps) {
  const known = arrivals.status === 'known' ? arrivals.completeness.runs : []
  return (
    <Panel title={runs.length === 1 ? 'Imaging run' : `${runs.length} imaging runs`}>
      <ol className={css['runs']}>
        {runs.toReversed().map(run => (
          <RunItem
            key={run.acquisitionId}
            run={run}
            arrivals={known.find(({ acquisitionId }) => acquisitionId === run.acquisitionId)}
          />
        ))}
      </ol>
    </Panel>
  )
}

interface RunItemProps {
  readonly run: Run
  readonly arrivals: RunArrivals | undefined
}

function RunItem({ run, arrivals }: RunItemProps) {
  const { number, folder, facts } = run
  const objective = objectiveText(facts)
  const started = facts?.startedAt ?? null
  const taken = arrivals?.supersededBy ?? []
  return (
    <li className={css['run']}>
      <p className={css['head']}>
        <strong>{`Run ${number + 1}`}</strong>
        {started === null ? null : <span>{instrumentTime(started)}</span>}
      </p>
      <p className={css['folder']} title={folder}>
        {tailOf(folder)}
      </p>
      <p className={css['quiet']}>{placedText(run)}</p>
      {objective === null ? null : <p className={css['quiet']}>{objective}</p>}
      {facts === null || facts.channels.length === 0 ? null : <Channels facts={facts} />}
      {arrivals === undefined ? null : <p>{runText(arrivals)}</p>}
      {taken.length === 0 ? null : (
        <p>{`Imaged again, in part or whole, by run ${taken.map(by => by + 1).join(', ')}.`}</p>
      )}
    </li>
  )
}

function Channels({ facts }: { readonly facts: NonNullable<Run['facts']> }) {
  return (
    <ul className={css['channels']} aria-label="Channels">
      {facts.channels.map(({ channel, flatField, ...light }) => {
        const flat = flatField === null ? [] : ['flat field']
        const text = [channelText({ flatField, ...light }), ...flat].filter(Boolean).join(', ')
        return (
          <li key={channel} className={css['channel']}>
            <span>{channel}</span>
            <span className={css['quiet']} title={flatField ?? undefined}>
              {text}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** The end of a path says which run it is. */
function tailOf(folder: string): string {
  const parts = folder.split(/[\\/]/).filter(part => part !== '')
  return parts.length > 2 ? `…/${parts.slice(-2).join('/')}` : folder
}

/** `214 images, 2 missing` */
function runText({ planes, counts }: RunArrivals): string {
  const parts = [countText(planes, 'image')]
  for (const state of ['missing', 'late', 'awaited'] as const) {
    if (counts !== null && counts[state] > 0) parts.push(`${counts[state]} ${state}`)
  }
  return parts.join(', ')
}
