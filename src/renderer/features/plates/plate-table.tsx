import type { PlateSummary } from '#contract/plates.ts'
import { arrivedOf } from '#core/plate/well-state.ts'
import { recentText } from '../../lib/moment-text.ts'
import { placeHash } from '../../lib/place.ts'
import { STATES_WORST_FIRST } from '../../lib/state-words.ts'
import { ColumnHead } from '../../ui/column-head.tsx'
import { PlateName } from '../../ui/plate-name.tsx'
import table from '../../ui/table.module.css'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import css from './plate-table.module.css'

interface PlateTableProps {
  readonly plates: readonly PlateSummary[]
}

export function PlateTable({ plates }: PlateTableProps) {
  return (
    <table className={table['table']}>
      <thead>
        <tr>
          <ColumnHead>Plate</ColumnHead>
          <ColumnHead>Instrument</ColumnHead>
          <ColumnHead number>Wells</ColumnHead>
          <ColumnHead number>Images</ColumnHead>
          <ColumnHead>Verdicts</ColumnHead>
          <ColumnHead number>To review</ColumnHead>
          <ColumnHead number>Objects</ColumnHead>
          <ColumnHead>Last image</ColumnHead>
        </tr>
      </thead>
      <tbody>
        {plates.map(plate => (
          <tr key={plate.plateId}>
            <td>
              <a
                className={css['name']}
                href={placeHash({ view: 'plate', plateId: plate.plateId })}
              >
                <PlateName plateId={plate.plateId} name={plate.name} />
              </a>
              {plate.acquisitions > 1 ? (
                <span className={css['quiet']}>{`, imaged ${plate.acquisitions} times`}</span>
              ) : null}
            </td>
            <td>{plate.instrument}</td>
            <td className={table['number']}>{plate.wells}</td>
            <td className={table['number']}>{imagesText(plate)}</td>
            <td>
              <span className={css['verdicts']}>
                {STATES_WORST_FIRST.filter(state => plate.states[state] > 0).map(state => (
                  <VerdictMark key={state} state={state} count={plate.states[state]} />
                ))}
              </span>
            </td>
            <td className={table['number']}>
              {plate.flagged === 0 ? (
                '0'
              ) : (
                <a
                  className={css['name']}
                  href={placeHash({ view: 'review', plateId: plate.plateId })}
                  aria-label={`Review ${plate.flagged} images of ${plate.name}`}
                >
                  {plate.flagged}
                </a>
              )}
            </td>
            <td className={table['number']}>{plate.objects}</td>
            <td>{plate.lastAt === null ? '–' : recentText(plate.lastAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What has arrived, of what an index promises. */
export function imagesText(summary: PlateSummary): string {
  const { expected } = summary
  const arrived = arrivedOf(summary)
  return expected === null ? String(arrived) : `${arrived} of ${expected}`
}
