import type { Decision, DecisionWord } from '#contract/decision.ts'
import type { ReviewItem } from '#contract/review.ts'
import type { FieldId, PlaneId, PlateId } from '#core/brand.ts'

export const REVIEWED_PLATE = 1 as PlateId

/** A flagged plane of a queue; planes are numbered as their wells are. */
export function reviewItem(id: number, more: Partial<ReviewItem> = {}): ReviewItem {
  return {
    planeId: id as PlaneId,
    fieldId: (100 + id) as FieldId,
    plateId: REVIEWED_PLATE,
    plate: 'BR00117',
    well: `A${String(id).padStart(2, '0')}`,
    site: 1,
    channel: 'DAPI',
    z: 0,
    t: 1,
    state: 'fail',
    reasons: ['out-of-focus'],
    doubts: [],
    message: null,
    severity: 10 - id,
    decision: null,
    version: id.toString(16).padStart(32, '0'),
    ...more,
  }
}

export function decisionOf(decisionId: number, word: DecisionWord, note = ''): Decision {
  return {
    decisionId,
    word,
    note,
    by: 'Mara',
    at: '2026-03-01T10:00:00.000Z',
    machine: { state: 'fail', reasons: ['out-of-focus'] },
    withdrawn: false,
  }
}
