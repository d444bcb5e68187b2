import { useEffect } from 'react'
import type { PlateCompleteness } from '#contract/completeness.ts'
import type { FieldRow, PlaneRow } from '#contract/plates.ts'
import { faultText } from '#core/fault-text.ts'
import { numberText, reasonText } from '#core/quality/rule-text.ts'
import { countText } from '../../lib/count-text.ts'
import type { PixelSource } from '../../lib/pixels.ts'
import { placeHash } from '../../lib/place.ts'
import { Panel } from '../../ui/panel.tsx'
import { PlaneThumbnail } from '../../ui/plane-thumbnail.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { planeText as missedText } from './completeness-words.ts'
import { HoleMark } from './hole-mark.tsx'
import { WellMap } from './well-map.tsx'
import type { WellFields } from './plate-state.ts'
import { StateMark } from './well-card.tsx'
import { countImagedAgain, holeText, summarise, WELL_WORDS, type WellLine } from './well-lines.ts'
import css from './well-panel.module.css'

interface WellPanelProps {
  /** The wells that are selected, along their rows. */
  readonly lines: readonly WellLine[]
  readonly fieldsOf: (well: string) => WellFields | undefined
  readonly onRead: (well: string) => void
  readonly pixels: PixelSource
  /** What the colours say; null where they are no numbers. */
  readonly title: string | null
  /** Late and missing images, of whatever well. */
  readonly missed: PlateCompleteness['planes']
}

/** More wells than this are counted, not listed field by field. */
const LISTED = 6

/** The wells that are selected: in sum, and field by field. */
export function WellPanel(props: WellPanelProps) {
  const { lines, fieldsOf, onRead, pixels, title, missed } = props
  if (lines.length === 0) {
    return (
      <Panel title="Selected wells">
        <p className={css['hint']}>
          Click a well or drag over several; letters and numbers select rows and columns. With the
          keyboard: arrow keys move, Space selects, Shift extends, Enter opens the worst field.
        </p>
      </Panel>
    )
  }
  const listed = lines.slice(0, LISTED)
  return (
    <Panel title={lines.length === 1 ? `Well ${lines[0]!.well}` : `${lines.length} wells selected`}>
      {lines.length > 1 ? <Summary lines={lines} title={title} /> : null}
      {listed.map(line => (
        <Well
          key={line.well}
          line={line}
          named={lines.length > 1}
          fields={fieldsOf(line.well)}
          onRead={onRead}
          pixels={pixels}
          missed={missed.filter(({ well }) => well === line.well)}
        />
      ))}
      {lines.length > LISTED ? (
        <p className={css['hint']}>
          {`Fields of the first ${LISTED} wells. The table has all of them.`}
        </p>
      ) : null}
    </Panel>
  )
}

function Summary({
  lines,
  title,
}: {
  readonly lines: readonly WellLine[]
  readonly title: string | null
}) {
  const { states, count, mean, deviation, objects } = summarise(lines)
  const spread = Number.isNaN(deviation) ? '' : ` ± ${numberText(deviation)}`
  return (
    <dl className={css['summary']}>
      {title === null || count === 0 ? null : (
        <div>
          <dt>{`${title}, mean ± SD of ${count}`}</dt>
          <dd>{`${numberText(mean)}${spread}`}</dd>
        </div>
      )}
      {states.map(({ state, count: wells }) => (
        <div key={state}>
          <dt>{WELL_WORDS[state]}</dt>
          <dd>{wells}</dd>
        </div>
      ))}
      {objects === null ? null : (
        <div>
          <dt>objects</dt>
          <dd>{objects}</dd>
        </div>
      )}
    </dl>
  )
}

interface WellProps {
  readonly line: WellLine
  /** Whether the well's name heads its fields. */
  readonly named: boolean
  readonly fields: WellFields | undefined
  readonly onRead: (well: string) => void
  readonly pixels: PixelSource
  readonly missed: PlateCompleteness['planes']
}

function Well({ line, named, fields, onRead, pixels, missed }: WellProps) {
  const { well, here } = line
  const again = fields?.status === 'known' ? countImagedAgain(fields.fields) : 0
  const outdated = fields === undefined || (fields.status === 'known' && fields.stale)
  useEffect(() => {
    if (outdated && here > 0) onRead(well)
  }, [outdated, here, well, onRead])
  return (
    <section className={css['well']}>
      <p className={css['wellHead']}>
        {named ? <strong>{well}</strong> : null}
        <StateMark line={line} />
      </p>
      {again === 0 ? null : (
        <p className={css['hint']}>{`Imaged again: ${countText(again, 'field')}`}</p>
      )}
      <Missed line={line} planes={missed} />
      {here === 0 ? <p className={css['hint']}>There are no images of this well.</p> : null}
      {fields?.status === 'failed' ? <p role="alert">{faultText(fields.fault)}</p> : null}
      {fields?.status === 'known' ? (
        <>
          <WellMap well={well} fields={fields.fields} missed={missed} />
          <FieldList fields={fields.fields} pixels={pixels} />
        </>
      ) : null}
    </section>
  )
}

interface MissedProps {
  readonly line: WellLine
  /** As many as are listed one by one. */
  readonly planes: PlateCompleteness['planes']
}

/** The images of a well that are late or missing. */
function Missed({ line, planes }: MissedProps) {
  const rest = line.late + line.missing - planes.length
  if (line.late + line.missing === 0) return null
  return (
    <ul className={css['missed']} aria-label={`Images of ${line.well} that did not come`}>
      {planes.map(plane => (
        <li key={planeKey(plane)} className={css['missedPlane']}>
          <HoleMark hole={plane.state} />
          <span className={css['channel']}>{missedText(plane, planes)}</span>
          <span>{plane.state}</span>
        </li>
      ))}
      {rest > 0 ? (
        <li className={css['missedPlane']}>
          <HoleMark hole={line.missing > 0 ? 'missing' : 'late'} />
          <span>{planes.length > 0 ? `and ${rest} more` : holeText(line)}</span>
        </li>
      ) : null}
    </ul>
  )
}

function planeKey({ site, channel, z, t }: PlateCompleteness['planes'][number]): string {
  return `${site} ${z} ${t} ${channel}`
}

interface FieldListProps {
  readonly fields: readonly FieldRow[]
  readonly pixels: PixelSource
}

export function FieldList({ fields, pixels }: FieldListProps) {
  return (
    <ul className={css['fields']}>
      {fields.map(field => (
        <li key={field.fieldId} className={css['field']}>
          <a className={css['site']} href={hashOf(field, null)}>
            {siteText(field, fields)}
          </a>
          <ul className={css['planes']}>
            {field.planes.map(plane => (
              <li key={plane.planeId}>
                <a
                  className={css['plane']}
                  href={hashOf(field, plane)}
                  title={plane.reasons.map(reasonText).join(', ')}
                >
                  <PlanePicture pixels={pixels} plane={plane} />
                  <span className={css['channel']}>{planeText(plane, field)}</span>
                  <VerdictMark state={plane.state} />
                </a>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

interface PlanePictureProps {
  readonly pixels: PixelSource
  readonly plane: PlaneRow
}

function PlanePicture({ pixels, plane }: PlanePictureProps) {
  const absent = <span className={css['thumbnail']} />
  if (plane.state === 'unreadable') return absent
  return (
    <PlaneThumbnail pixels={pixels} plane={plane} className={css['thumbnail']} absent={absent} />
  )
}

function hashOf(field: FieldRow, plane: PlaneRow | null): string {
  const { plateId, fieldId } = field
  return placeHash({ view: 'field', plateId, fieldId, planeId: plane?.planeId ?? null })
}

function siteText({ site, t, name, well, objects }: FieldRow, fields: readonly FieldRow[]): string {
  const place = well === null || site === null ? name : `Site ${site}`
  const time = fields.some(other => other.t !== t) ? `, t ${t}` : ''
  return `${place}${time}${objects === null ? '' : `, ${objects.count} objects`}`
}

function planeText({ channel, z }: PlaneRow, { planes }: FieldRow): string {
  return planes.some(other => other.z !== z) ? `${channel}, z ${z}` : channel
}
