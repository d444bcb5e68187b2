import type { Reacquisition } from '#contract/review.ts'
import type { PlateId } from '#core/brand.ts'
import { listReacquisitions, type StandingPlane } from '#core/review/reacquisition.ts'
import { missingPlanes } from '../intake/expected-planes.ts'
import type { ReadableDb } from '../store/db.ts'
import { standingDecisions, type DecisionRow } from '../store/decisions.ts'
import {
  lastJudgedAt,
  newestState,
  placesOf,
  planesInQuestion,
  type PlaneInQuestionRow,
} from '../store/planes-in-question.ts'
import { promisesOf } from '../store/promises.ts'

/** While a plate is being imaged nothing of it is missing; it is, once nothing has come for so long. */
const QUIET_MS = 5 * 60_000

/** What to image again on a plate as it stands now. */
export function plateReacquisitions(db: ReadableDb, plateId: PlateId, now: Date): Reacquisition[] {
  const decisions = new Map(standingDecisions(db, plateId).map(row => [row.planeId, row]))
  const planes = planesInQuestion(db, plateId).map(plane =>
    standingPlane(db, plane, decisions.get(plane.planeId)),
  )
  const lastAt = lastJudgedAt(db, plateId)
  const beingImaged = lastAt !== null && now.getTime() - lastAt < QUIET_MS
  const items = listReacquisitions(planes, beingImaged ? [] : missingOf(db, plateId))
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

/** What any run's index promises and no run has brought. */
function missingOf(db: ReadableDb, plateId: PlateId) {
  const promised = promisesOf(db, plateId).flatMap(({ blocks }) => blocks)
  if (promised.length === 0) return []
  const planes = placesOf(db, plateId).map(place => ({
    ...place,
    wave: 0,
    projection: place.projection === 1,
  }))
  return missingPlanes({ promised, planes }).map(({ well, site, z, t, channel }) => ({
    ...{ well, site, z, t, channel },
  }))
}
