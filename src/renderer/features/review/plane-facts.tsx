import type { Decision } from '#contract/decision.ts'
import type { FieldDetails } from '#contract/fields.ts'
import type { ReviewItem } from '#contract/review.ts'
import type { QualitySettings } from '#core/quality/rules.ts'
import { reasonText } from '#core/quality/rule-text.ts'
import { doubtText } from '#core/review/doubt.ts'
import { findingsOf } from '#core/review/findings.ts'
import { recentText } from '../../lib/moment-text.ts'
import type { GoTo } from '../../lib/place.ts'
import { Button } from '../../ui/button.tsx'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { PlateName } from '../../ui/plate-name.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import type { Facts } from './facts-store.ts'
import type { ImageShelf } from './image-shelf.ts'
import css from './plane-facts.module.css'
import { findingText, historyText, placeText } from './review-words.ts'
import { Thumbnail } from './thumbnail.tsx'

interface PlaneFactsProps {
  readonly item: ReviewItem
  readonly facts: Facts
  readonly thumbnails: ImageShelf<ImageBitmap>
  readonly goTo: GoTo
}

/** What is known about the plane beside its pixels. */
export function PlaneFacts({ item, facts, thumbnails, goTo }: PlaneFactsProps) {
  const { plateId, fieldId, planeId } = item
  const field = facts.fields.get(fieldId)
  const newer = field?.field.planes.find(plane => plane.planeId === planeId)?.supersededBy ?? null
  return (
    <aside className={css['facts']} aria-label="About this image">
      <section className={css['part']}>
        <h2>{placeText(item)}</h2>
        <p className={css['quiet']}>
          <PlateName plateId={plateId} name={item.plate} />
        </p>
        {newer === null ? null : <p>This place was imaged again; the newer image counts.</p>}
        <Button onClick={() => goTo({ view: 'field', plateId, fieldId, planeId })}>
          Open the field
        </Button>
      </section>
      <section className={css['part']}>
        <h3 className={css['heading']}>The machine says</h3>
        <VerdictMark state={item.state} />
        <Reasons item={item} field={field} quality={facts.quality} />
      </section>
      <Doubts doubts={item.doubts} />
      <OtherChannels item={item} field={field} thumbnails={thumbnails} goTo={goTo} />
      <History decisions={facts.histories.get(planeId) ?? []} />
    </aside>
  )
}

interface ReasonsProps {
  readonly item: ReviewItem
  readonly field: FieldDetails | undefined
  readonly quality: QualitySettings | null
}

function Reasons({ item, field, quality }: ReasonsProps) {
  const { state, reasons, message, channel, planeId } = item
  if (state === 'unreadable') return <p className={css['quiet']}>{message}</p>
  const metrics = field?.metrics[String(planeId)]
  const findings =
    metrics === undefined || quality === null
      ? []
      : findingsOf({ reasons, metrics, channel }, quality)
  return (
    <ul className={css['part']}>
      {reasons.map(reason => (
        <li key={reason} className={css['reason']}>
          <span className={css['word']}>{reasonText(reason)}</span>
          {findings
            .filter(finding => finding.reason === reason)
            .map(finding => (
              <span key={finding.metric} className={css['quiet']}>
                {findingText(finding)}
              </span>
            ))}
        </li>
      ))}
    </ul>
  )
}

function Doubts({ doubts }: Pick<ReviewItem, 'doubts'>) {
  if (doubts.length === 0) return null
  return (
    <section className={css['part']}>
      <h3 className={css['heading']}>The networks say of this field</h3>
      <DoubtMark decision="review" />
      <ul className={css['part']}>
        {doubts.map(doubt => (
          <li key={doubt.kind}>{`${doubtText(doubt)}.`}</li>
        ))}
      </ul>
    </section>
  )
}

interface OtherChannelsProps {
  readonly item: ReviewItem
  readonly field: FieldDetails | undefined
  readonly thumbnails: ImageShelf<ImageBitmap>
  readonly goTo: GoTo
}

/** The same field, at the same depth, in its other channels. */
function OtherChannels({ item, field, thumbnails, goTo }: OtherChannelsProps) {
  const { plateId, fieldId } = item
  const planes = field?.field.planes ?? []
  const others = planes.filter(
    plane => plane.z === item.z && plane.channel !== item.channel && plane.supersededBy === null,
  )
  if (others.length === 0) return null
  return (
    <section className={css['part']}>
      <h3 className={css['heading']}>Other channels</h3>
      <ul className={css['channels']}>
        {others.map(plane => (
          <li key={plane.planeId}>
            <button
              type="button"
              className={css['channel']}
              title="Open the field at this channel"
              onClick={() => goTo({ view: 'field', plateId, fieldId, planeId: plane.planeId })}
            >
              <Thumbnail shelf={thumbnails} plane={plane} size="large" />
              <span>{plane.channel}</span>
              <VerdictMark state={plane.state} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function History({ decisions }: { readonly decisions: readonly Decision[] }) {
  if (decisions.length === 0) return null
  return (
    <section className={css['part']}>
      <h3 className={css['heading']}>Decisions</h3>
      <ol className={css['part']}>
        {decisions.toReversed().map(decision => (
          <li key={decision.decisionId} className={css['reason']}>
            <span className={decision.withdrawn ? css['withdrawn'] : undefined}>
              {historyText(decision)}
            </span>
            {decision.note === '' ? null : <span>{`“${decision.note}”`}</span>}
            <span className={css['quiet']}>
              {recentText(decision.at)}
              {decision.withdrawn ? ', taken back' : ''}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
