import type { AcquisitionId, PlaneId, RecordId } from '#core/brand.ts'
import { all, type ReadableDb, type WritableDb } from './db.ts'

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
  db.prepare(
    `INSERT INTO fault (acquisitionId, activityId, planeId, path, kind, fault, at)
     VALUES (@acquisitionId, @activityId, @planeId, @path, @kind, @fault, @at)`,
  ).run(row)
}

export function faultsOf(db: ReadableDb, acquisitionId: AcquisitionId): readonly FaultRow[] {
  return all<FaultRow>(
    db,
    `SELECT acquisitionId, activityId, planeId, path, kind, fault, at FROM fault
     WHERE acquisitionId = ? ORDER BY id`,
    acquisitionId,
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
