import type { AcquisitionId, PlaneId, RecordId, Sha256 } from '#core/brand.ts'
import { all, first, write, type ReadableDb, type WritableDb } from './db.ts'

export interface FaultRow {
  readonly acquisitionId: AcquisitionId
  /** Null for a fault that another try may not meet again. */
  readonly activityId: RecordId | null
  readonly planeId: PlaneId | null
  readonly path: string
  readonly kind: string
  /** The fault as JSON. */
  readonly fault: string
  readonly at: string
}

export function appendFault(db: WritableDb, row: FaultRow): void {
  write(
    db,
    `INSERT INTO fault (acquisitionId, activityId, planeId, path, kind, fault, at)
     VALUES (@acquisitionId, @activityId, @planeId, @path, @kind, @fault, @at)`,
    row,
  )
}

/** Whether the last that is known of a plane, or of a field's file, is this same fault, and another try may not meet it. */
export function passingFaultIsKnown(db: ReadableDb, row: FaultRow): boolean {
  const { acquisitionId, planeId, path, fault } = row
  const last =
    planeId === null
      ? first<FaultRow>(
          db,
          `SELECT activityId, fault FROM fault
           WHERE acquisitionId = ? AND planeId IS NULL AND path = ? ORDER BY id DESC LIMIT 1`,
          acquisitionId,
          path,
        )
      : first<FaultRow>(
          db,
          'SELECT activityId, fault FROM fault WHERE planeId = ? ORDER BY id DESC LIMIT 1',
          planeId,
        )
  return last !== undefined && last.activityId === null && last.fault === fault
}

export function faultsOf(db: ReadableDb, acquisitionId: AcquisitionId): readonly FaultRow[] {
  return all<FaultRow>(
    db,
    `SELECT acquisitionId, activityId, planeId, path, kind, fault, at FROM fault
     WHERE acquisitionId = ? ORDER BY id`,
    acquisitionId,
  )
}

/**
 * The last fault of each file that still stands: its plane counts, and no verdict by this recipe has come since; or
 * it was met in looking for the objects of its field, and this recipe has none of it.
 */
export function standingFaults(
  db: ReadableDb,
  acquisitionId: AcquisitionId,
  recipeHash: Sha256,
): readonly FaultRow[] {
  return all<FaultRow & { id: number }>(
    db,
    `SELECT max(id) AS id, acquisitionId, activityId, planeId, path, kind, fault, at FROM fault
     WHERE acquisitionId = ?
       AND ((planeId IS NULL
             AND NOT EXISTS (
               SELECT 1 FROM file
               JOIN plane ON plane.fileId = file.id
               JOIN currentFieldObjects AS objects ON objects.fieldId = plane.fieldId
               JOIN activity ON activity.id = objects.activityId
               WHERE file.path = fault.path AND activity.recipeHash = ?))
            OR (planeId IN (SELECT id FROM currentPlane)
                AND NOT EXISTS (
                  SELECT 1 FROM verdict JOIN activity ON activity.id = verdict.activityId
                  WHERE verdict.planeId = fault.planeId AND activity.recipeHash = ?)))
     GROUP BY path ORDER BY path`,
    acquisitionId,
    recipeHash,
    recipeHash,
  )
}

export function faultOf(db: ReadableDb, activityId: RecordId): FaultRow | undefined {
  return all<FaultRow>(
    db,
    `SELECT acquisitionId, activityId, planeId, path, kind, fault, at FROM fault
     WHERE activityId = ?`,
    activityId,
  )[0]
}
