import type { ParfocalApi } from '#contract/index.ts'
import type { PlaneId, PlateId } from '#core/brand.ts'
import { fail, ok } from '#core/fault.ts'
import { orderQueue } from '#core/review/queue-order.ts'
import {
  recordDecisions,
  recordWithdrawals,
  type DecisionSubject,
} from '../record/record-decisions.ts'
import {
  asDecision,
  decisionRow,
  decisionsOf,
  standingDecisions,
  type DecisionRow,
} from '../store/decisions.ts'
import { plateIsKnown } from '../store/plates.ts'
import { doubtedField, doubtedFields, type DoubtedFieldRow } from '../store/doubted-fields.ts'
import {
  planeInQuestion,
  planesToReview,
  type PlaneInQuestionRow,
} from '../store/planes-in-question.ts'
import type { Workstation } from '../workstation.ts'
import { attemptWrite } from './attempt-write.ts'
import { plateReacquisitions } from './plate-reacquisitions.ts'
import type { InUse } from './field-prediction.ts'
import { doubtsIn, isFlagged, reviewItem } from './review-item.ts'

type ReviewCalls = Extract<keyof ParfocalApi, `review.${string}`>

/** What of a workstation the review needs. */
type ReviewBench = Pick<Workstation, 'store' | 'agents' | 'now' | 'completeness'> & InUse

interface ReviewHost {
  /** Who signs decisions; empty for the operating system's user. */
  readonly operator: () => string
  /** Called when decisions were made or taken back. */
  readonly changed: (plateId: PlateId, planeIds: readonly PlaneId[]) => void
}

/** Answers what the review asks. Decisions are on disk before the reply that says so. */
export function reviewAnswers(
  workstation: ReviewBench,
  { operator, changed }: ReviewHost,
): Pick<ParfocalApi, ReviewCalls> {
  const { store, agents } = workstation
  const { db } = store

  function signer(): string {
    const name = operator()
    return name === '' ? agents.osUser : name
  }

  function tellChanged(planeIds: readonly PlaneId[]): void {
    const planes = planeIds.map(planeId => planeInQuestion(db, planeId)!)
    for (const [plateId, own] of Map.groupBy(planes, plane => plane.plateId)) {
      changed(
        plateId,
        own.map(({ planeId }) => planeId),
      )
    }
  }

  /** What networks leave to a person, by the plane in which they looked for objects. */
  function doubted(plateId: PlateId | null): ReadonlyMap<PlaneId, DoubtedFieldRow> {
    const { recipeHash } = workstation.recorder
    return new Map(doubtedFields(db, recipeHash, plateId).map(row => [row.planeId, row]))
  }

  /** Why networks leave the field of a plane to a person, where that is the one they looked at. */
  function doubtKinds({ planeId, fieldId }: PlaneInQuestionRow): readonly string[] {
    const { recipe, recipeHash } = workstation.recorder
    const row = doubtedField(db, recipeHash, fieldId)
    return row?.planeId === planeId ? doubtsIn(row, recipe).map(({ kind }) => kind) : []
  }

  return {
    async 'review.queue'({ plateId, decided }) {
      if (plateId !== null && !plateIsKnown(db, plateId)) {
        return fail({ kind: 'plate-not-found', plateId })
      }
      const standing = new Map(standingDecisions(db, plateId).map(row => [row.planeId, row]))
      const doubts = doubted(plateId)
      const inQuestion = ({ planeId, state }: PlaneInQuestionRow): boolean =>
        isFlagged(state) || doubts.has(planeId)
      const items = planesToReview(db, plateId, [...doubts.keys()])
        .filter(plane => (standing.has(plane.planeId) ? decided : inQuestion(plane)))
        .map(plane => {
          const { planeId } = plane
          const known = { decision: standing.get(planeId), doubted: doubts.get(planeId) }
          return reviewItem(plane, known, workstation.recorder.recipe)
        })
      return ok([...orderQueue(items)])
    },

    async 'review.decide'({ planeIds, word, note }) {
      const subjects: DecisionSubject[] = []
      for (const planeId of new Set(planeIds)) {
        const plane = planeInQuestion(db, planeId)
        if (plane === undefined) return fail({ kind: 'plane-not-found', planeId })
        const { state, activityId } = plane
        const reasons = [...(JSON.parse(plane.reasons) as string[]), ...doubtKinds(plane)]
        subjects.push({ planeId, state, activityId, reasons })
      }
      const recorded = attemptWrite(store.folder, () =>
        recordDecisions(workstation, signer(), subjects, { word, note }),
      )
      if (!recorded.ok) return recorded
      tellChanged(recorded.value.map(({ planeId }) => planeId))
      return ok(recorded.value.map(row => ({ planeId: row.planeId, decision: asDecision(row) })))
    },

    async 'review.withdraw'({ decisionIds }) {
      const decisions: DecisionRow[] = []
      for (const decisionId of new Set(decisionIds)) {
        const decision = decisionRow(db, decisionId)
        if (decision === undefined) return fail({ kind: 'decision-not-found', decisionId })
        decisions.push(decision)
      }
      const recorded = attemptWrite(store.folder, () =>
        recordWithdrawals(workstation, signer(), decisions),
      )
      if (!recorded.ok) return recorded
      tellChanged([...new Set(recorded.value.map(({ planeId }) => planeId))])
      return ok(null)
    },

    async 'review.history'({ planeId }) {
      if (planeInQuestion(db, planeId) === undefined) {
        return fail({ kind: 'plane-not-found', planeId })
      }
      return ok(decisionsOf(db, planeId).map(asDecision))
    },

    async 'review.reacquire'({ plateId }) {
      if (!plateIsKnown(db, plateId)) return fail({ kind: 'plate-not-found', plateId })
      return ok(plateReacquisitions(db, plateId, workstation.completeness))
    },
  }
}
