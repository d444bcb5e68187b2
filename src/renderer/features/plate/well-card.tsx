import { numberText } from '#core/quality/rule-text.ts'
import { rowName } from '#core/plate/well.ts'
import { countText } from '../../lib/count-text.ts'
import { STATES_WORST_FIRST } from '../../lib/state-words.ts'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { CARD_WIDTH, cardPlace } from './card-place.ts'
import type { Figures } from './figures.ts'
import { wellsOfHit, type FrameHit, type PlateFrame } from './plate-frame.ts'
import type { WellFields } from './plate-state.ts'
import css from './well-card.module.css'
import {
  countImagedAgain,
  holeText,
  imagesText,
  reasonsText,
  summarise,
  WELL_WORDS,
  type WellLine,
} from './well-lines.ts'

interface WellCardProps {
  readonly lines: readonly WellLine[]
  readonly hit: FrameHit
  readonly frame: PlateFrame
  readonly headings: Figures['headings']
  /** What was read of a well's fields so far. */
  readonly fieldsOf: (well: string) => WellFields | undefined
}

/** What is known about the well under the pointer or with the focus, beside it. */
export function WellCard({ lines, hit, frame, headings, fieldsOf }: WellCardProps) {
  const wells = wellsOfHit(frame.grid, hit)
  return (
    <div className={css['card']} style={{ width: CARD_WIDTH, ...cardPlace(frame, hit) }}>
      {hit.kind === 'well' ? (
        <OneWell
          line={lines[hit.index]!}
          headings={headings}
          fields={fieldsOf(lines[hit.index]!.well)}
        />
      ) : (
        <ManyWells
          name={hitName(hit)}
          lines={wells.map(well => lines[well]!)}
          headings={headings}
        />
      )}
    </div>
  )
}

interface OneWellProps {
  readonly line: WellLine
  readonly headings: Figures['headings']
  readonly fields: WellFields | undefined
}

function OneWell({ line, headings: { shown, value }, fields }: OneWellProps) {
  const again = fields?.status === 'known' ? countImagedAgain(fields.fields) : 0
  return (
    <>
      <p className={css['head']}>
        <strong>{line.well}</strong>
        <StateMark line={line} />
      </p>
      <dl className={css['facts']}>
        {line.state === 'not-imaged' ? null : (
          <Fact name="Images" value={`${imagesText(line)}${countsText(line)}`} />
        )}
        {holeText(line) === '' ? null : <Fact name="Did not come" value={holeText(line)} />}
        {again === 0 ? null : <Fact name="Imaged again" value={countText(again, 'field')} />}
        {line.reasons.length === 0 ? null : <Fact name="Why" value={reasonsText(line)} />}
        {value === null ? null : <Fact name={value} value={knownText(line.value)} />}
        {shown === null ? null : <Fact name={shown} value={knownText(line.shown)} />}
        {line.objects === null ? null : <Fact name="Objects" value={String(line.objects)} />}
        {line.control === '' ? null : <Fact name="Control" value={line.control} />}
        {Object.entries(line.labels).map(([name, value]) =>
          value === '' ? null : <Fact key={name} name={name} value={value} />,
        )}
      </dl>
    </>
  )
}

interface ManyWellsProps {
  readonly name: string
  readonly lines: readonly WellLine[]
  readonly headings: Figures['headings']
}

function ManyWells({ name, lines, headings: { shown } }: ManyWellsProps) {
  const { states, count, mean } = summarise(lines)
  return (
    <>
      <p className={css['head']}>
        <strong>{name}</strong>
      </p>
      <dl className={css['facts']}>
        <Fact
          name="Wells"
          value={states.map(found => `${found.count} ${WELL_WORDS[found.state]}`).join(', ')}
        />
        {shown === null ? null : (
          <Fact name={`${shown}, mean of ${count}`} value={knownText(mean)} />
        )}
      </dl>
    </>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className={css['fact']}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

/** How a well stands, as shape and word. */
export function StateMark({ line }: { readonly line: Pick<WellLine, 'state' | 'empty'> }) {
  if (line.state === 'not-imaged') return <span className={css['quiet']}>not imaged</span>
  return (
    <span className={css['state']}>
      <VerdictMark state={line.state} />
      {line.empty ? <span className={css['quiet']}>no objects</span> : null}
    </span>
  )
}

/** A number as people read it; says so where there is none. */
export function knownText(value: number): string {
  return Number.isNaN(value) ? 'no value' : numberText(value)
}

function hitName(hit: FrameHit): string {
  switch (hit.kind) {
    case 'row':
      return `Row ${rowName(hit.row)}`
    case 'column':
      return `Column ${hit.column + 1}`
    case 'well':
    case 'all':
      return 'All wells'
  }
}

function countsText({ states, state }: WellLine): string {
  if (state === 'pass' || state === 'missing') return ''
  const parts = STATES_WORST_FIRST.filter(name => states[name] > 0).map(
    name => `${states[name]} ${WELL_WORDS[name]}`,
  )
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`
}
