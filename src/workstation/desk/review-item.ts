import type { PlaneState } from '#contract/plates.ts'
import type { ReviewItem } from '#contract/review.ts'
import { faultText } from '#core/fault-text.ts'
import type { Fault } from '#core/fault.ts'
import type { Recipe } from '#core/recipe.ts'
import { doubtSeverity, doubtsOf, type Doubt } from '#core/review/doubt.ts'
import type { MeasuredMetrics } from '#core/review/findings.ts'
import { severityOf } from '#core/review/severity.ts'
import { pixelVersion } from '../pixels/pixel-version.ts'
import { asDecision, type DecisionRow } from '../store/decisions.ts'
import type { DoubtedFieldRow } from '../store/doubted-fields.ts'
import type { PlaneInQuestionRow } from '../store/planes-in-question.ts'
import { doubtLimits } from './field-prediction.ts'

/** Of a plane that somebody decided about although nothing is wrong with it. */
const NOTHING_WRONG = -2

/** What is known of a plane beside its row. */
interface KnownOfPlane {
  readonly decision: DecisionRow | undefined
  /** What networks said of its field, where they leave it to a person. */
  readonly doubted: DoubtedFieldRow | undefined
}

/** A plane as the review queue shows it. */
export function reviewItem(
  plane: PlaneInQuestionRow,
  { decision, doubted }: KnownOfPlane,
  { quality, ...recipe }: Recipe,
): ReviewItem {
  const { planeId, fieldId, plateId, plate, well, site, channel, z, t, state } = plane
  const reasons = JSON.parse(plane.reasons) as string[]
  const metrics = JSON.parse(plane.metrics ?? '{}') as MeasuredMetrics
  return {
    ...{ planeId, fieldId, plateId, plate, well, site, channel, z, t, state, reasons },
    message: plane.fault === null ? null : faultText(JSON.parse(plane.fault) as Fault),
    doubts: doubted === undefined ? [] : [...doubtsIn(doubted, recipe)],
    severity: isFlagged(state)
      ? severityOf({ state, reasons, metrics, channel }, quality)
      : doubted === undefined
        ? NOTHING_WRONG
        : doubtSeverity(doubted),
    decision: decision === undefined ? null : asDecision(decision),
    version: pixelVersion(plane),
  }
}

/** Why networks leave a field to a person, by the limits of the recipe that they work by. */
export function doubtsIn(
  { reasons, uncertainty, novelty }: DoubtedFieldRow,
  recipe: Pick<Recipe, 'infer'>,
): readonly Doubt[] {
  const words = JSON.parse(reasons) as readonly string[]
  return doubtsOf({ reasons: words, uncertainty, novelty }, doubtLimits(recipe))
}

/** Whether the machine wants somebody to look. */
export function isFlagged(state: PlaneState): state is 'fail' | 'cannot-judge' | 'unreadable' {
  return state === 'fail' || state === 'cannot-judge' || state === 'unreadable'
}
