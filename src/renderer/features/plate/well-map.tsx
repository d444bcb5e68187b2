import type { PlateCompleteness } from '#contract/completeness.ts'
import type { FieldRow, PlaneState } from '#contract/plates.ts'
import { placeFields } from '#core/plate/place-fields.ts'
import { STATE_WORDS, STATES_WORST_FIRST } from '../../lib/state-words.ts'
import { placeHash } from '../../lib/place.ts'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { classNames } from '../../ui/class-names.ts'
import { HoleMark } from './hole-mark.tsx'
import { holeText } from './well-lines.ts'
import css from './well-map.module.css'

interface WellMapProps {
  readonly well: string
  readonly fields: readonly FieldRow[]
  /** Late and missing images of the well. */
  readonly missed: PlateCompleteness['planes']
}

/** More columns than this leave no room for marks. */
const MOST_COLUMNS = 10

/** The fields of a well where they are in it, each by its worst image. Nothing where no index says where they are. */
export function WellMap({ well, fields, missed }: WellMapProps) {
  const sites = firstOfSites(fields)
  const positions = sites.flatMap(field => positionOf(field) ?? [])
  if (sites.length < 2 || positions.length < sites.length) return null
  const grid = placeFields(positions)
  if (grid === null || grid.columns > MOST_COLUMNS) return null
  const placed = sites
    .map((field, i) => ({ field, ...grid.places[i]! }))
    .sort((a, b) => a.row - b.row || a.column - b.column)
  return (
    <ul
      className={css['map']}
      style={{ gridTemplateColumns: `repeat(${grid.columns}, 26px)` }}
      aria-label={`Fields of ${well} where they are in it`}
    >
      {placed.map(({ field, row, column }) => (
        <li key={field.fieldId} style={{ gridRow: row + 1, gridColumn: column + 1 }}>
          <FieldCell field={field} missed={missed.filter(({ site }) => site === field.site)} />
        </li>
      ))}
    </ul>
  )
}

interface FieldCellProps extends Pick<WellMapProps, 'missed'> {
  readonly field: FieldRow
}

function FieldCell({ field, missed }: FieldCellProps) {
  const { plateId, fieldId, site } = field
  const state = worstState(field)
  const missing = missed.filter(plane => plane.state === 'missing').length
  const hole = holeText({ missing, late: missed.length - missing })
  const verdict = state === null ? 'no image' : STATE_WORDS[state]
  const text = `Site ${site}: ${verdict}${hole === '' ? '' : `, ${hole}`}`
  return (
    <a
      className={classNames(css['field'], state === 'pass' && css['calm'])}
      href={placeHash({ view: 'field', plateId, fieldId, planeId: null })}
      title={text}
      aria-label={text}
    >
      {state === null ? null : <VerdictMark state={state} silent />}
      {hole === '' ? null : (
        <span className={css['hole']}>
          <HoleMark hole={missing > 0 ? 'missing' : 'late'} />
        </span>
      )}
    </a>
  )
}

/** A field that was imaged at several times is one place. */
function firstOfSites(fields: readonly FieldRow[]): readonly FieldRow[] {
  const sites = new Map<number, FieldRow>()
  for (const field of fields) {
    if (field.site !== null && !sites.has(field.site)) sites.set(field.site, field)
  }
  return [...sites.values()]
}

function positionOf({ planes }: FieldRow): { readonly x: number; readonly y: number } | null {
  return planes.find(({ position }) => position !== null)?.position ?? null
}

function worstState({ planes }: FieldRow): PlaneState | null {
  return STATES_WORST_FIRST.find(state => planes.some(plane => plane.state === state)) ?? null
}
