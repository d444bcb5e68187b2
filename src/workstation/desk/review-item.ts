import type { PlaneState } from '#contract/plates.ts'
import type { ReviewItem } from '#contract/review.ts'
import { faultText } from '#core/fault-text.ts'
import type { Fault } from '#core/fault.ts'
import type { QualitySettings } from '#core/quality/rules.ts'
import type { MeasuredMetrics } from '#core/review/findings.ts'
import { severityOf } from '#core/review/severity.ts'
import { pixelVersion } from '../pixels/pixel-version.ts'
import { asDecision, type DecisionRow } from '../store/decisions.ts'
import type { PlaneInQuestionRow } from '../store/planes-in-question.ts'

/** Of a plane that somebody decided about although nothing is wrong with it. */
const NOTHING_WRONG = -2

/** A plane as the review queue shows it. */
export function reviewItem(
  plane: PlaneInQuestionRow,
  decision: DecisionRow | undefined,
  quality: QualitySettings,
): ReviewItem {
  const { planeId, fieldId, plateId, plate, well, site, channel, z, t, state } = plane
  const reasons = JSON.parse(plane.reasons) as string[]
  const metrics = JSON.parse(plane.metrics ?? '{}') as MeasuredMetrics
  return {
    ...{ planeId, fieldId, plateId, plate, well, site, channel, z, t, state, reasons },
    message: plane.fault === null ? null : faultText(JSON.parse(plane.fault) as Fault),
    severity: isFlagged(state)
      ? severityOf({ state, reasons, metrics, channel }, quality)
      : NOTHING_WRONG,
    decision: decision === undefined ? null : asDecision(decision),
    version: pixelVersion(plane),
  }
}

/** Whether the machine wants somebody to look. */
export function isFlagged(state: PlaneState): state is 'fail' | 'cannot-judge' | 'unreadable' {
  return state === 'fail' || state === 'cannot-judge' || state === 'unreadable'
}
