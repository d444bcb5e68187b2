import type { AcquisitionId, FieldId, PlaneId, RecordId, Sha256 } from '#core/brand.ts'
import { all, first, write, type ReadableDb, type WritableDb } from './db.ts'

export type VerdictWord = 'pass' | 'fail' | 'cannot-judge'

/** The table of verdicts. JSON columns are canonical. */
export interface VerdictRow {
  readonly activityId: RecordId
  readonly planeId: PlaneId
  readonly verdict: VerdictWord
  /** List of reasons; none for a pass. */
  readonly reasons: string
  /** `{ width, height, bits }` */
  readonly image: string
  /** `{ name: number or null }` */
  readonly metrics: string
}

/** Appends; a verdict by another recipe is a new row, so the history stays whole. */
export function appendVerdict(db: WritableDb, row: VerdictRow): void {
  write(
    db,
    `INSERT INTO verdict (activityId, planeId, verdict, reasons, image, metrics)
     VALUES (@activityId, @planeId, @verdict, @reasons, @image, @metrics)`,
    row,
  )
}

export function verdictOf(db: ReadableDb, activityId: RecordId): VerdictRow | undefined {
  return first<VerdictRow>(db, 'SELECT * FROM verdict WHERE activityId = ?', activityId)
}

/** The newest verdict on each plane of an imaging run by one recipe. */
export function latestVerdicts(
  db: ReadableDb,
  acquisitionId: AcquisitionId,
  recipeHash: Sha256,
): readonly VerdictRow[] {
  return all<VerdictRow & { sequence: number }>(
    db,
    `SELECT verdict.*, max(activity.sequence) AS sequence
     FROM field
     JOIN plane ON plane.fieldId = field.id
     JOIN verdict ON verdict.planeId = plane.id
     JOIN activity ON activity.id = verdict.activityId
     WHERE field.acquisitionId = ? AND activity.recipeHash = ?
     GROUP BY verdict.planeId ORDER BY verdict.planeId`,
    acquisitionId,
    recipeHash,
  )
}

/** The newest verdict on each plane of one field by one recipe. */
export function latestVerdictsOfField(
  db: ReadableDb,
  fieldId: FieldId,
  recipeHash: Sha256,
): readonly VerdictRow[] {
  return all<VerdictRow & { sequence: number }>(
    db,
    `SELECT verdict.*, max(activity.sequence) AS sequence
     FROM plane
     JOIN verdict ON verdict.planeId = plane.id
     JOIN activity ON activity.id = verdict.activityId
     WHERE plane.fieldId = ? AND activity.recipeHash = ?
     GROUP BY verdict.planeId ORDER BY verdict.planeId`,
    fieldId,
    recipeHash,
  )
}
