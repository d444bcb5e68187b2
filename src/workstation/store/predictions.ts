import type { FieldId, RecordId } from '#core/brand.ts'
import { first, write, type ReadableDb, type WritableDb } from './db.ts'

/** What networks said of a field beside its objects. JSON columns are canonical. */
export interface PredictionRow {
  readonly activityId: RecordId
  readonly fieldId: FieldId
  readonly decision: 'use' | 'review'
  /** List of words. */
  readonly reasons: string
  /** 0 sure to 1 not at all. */
  readonly uncertainty: number
  /** 0 as in training to 1 never seen; null where that is not known. */
  readonly novelty: number | null
  /** { components, passes, factor } */
  readonly details: string
}

export function appendPrediction(db: WritableDb, row: PredictionRow): void {
  write(
    db,
    `INSERT INTO prediction (activityId, fieldId, decision, reasons, uncertainty, novelty, details)
     VALUES (@activityId, @fieldId, @decision, @reasons, @uncertainty, @novelty, @details)`,
    row,
  )
}

export function predictionOf(db: ReadableDb, activityId: RecordId): PredictionRow | undefined {
  return first<PredictionRow>(db, 'SELECT * FROM prediction WHERE activityId = ?', activityId)
}
