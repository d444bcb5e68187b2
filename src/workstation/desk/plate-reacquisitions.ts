import type { Reacquisition } from '#contract/review.ts'
import type { PlateId } from '#core/brand.ts'
import { listReacquisitions, type StandingPlane } from '#core/review/reacquisition.ts'
import type { CompletenessReader } from '../plate-completeness.ts'
import type { ReadableDb } from '../store/db.ts'
import { standingDecisions, type DecisionRow } from '../store/decisions.ts'
import {
  newestState,
  planesInQuestion,
  type PlaneInQuestionRow,
} from '../store/planes-in-question.ts'

/** What to image again on a plate as it stands now. */
export function plateReacquisitions(
  db: ReadableDb,
  plateId: PlateId,
  completeness: CompletenessReader,
): Reacquisition[] {
  const decisions = new Map(standingDecisions(db, plateId).map(row => [row.planeId, row]))
  const planes = planesInQuestion(db, plateId).map(plane =>
    standingPlane(db, plane, decisions.get(plane.planeId)),
  )
  const items = listReacquisitions(planes, completeness.missing(plateId))
  return items.map(item => ({
    ...item,
    channels: [...item.channels],
    reasons: [...item.reasons],
  }))
}

function standingPlane(
  db: ReadableDb,
  plane: PlaneInQuestionRow,
  decision: DecisionRow | undefined,
): StandingPlane {
  const { well, site, z, t, channel, state } = plane
  return {
    ...{ well, site, z, t, channel, state },
    reasons: JSON.parse(plane.reasons) as string[],
    decision:
      decision === undefined
        ? null
        : { word: decision.word, by: decision.operator, note: decision.note },
    newest: newestState(db, plane),
  }
}
