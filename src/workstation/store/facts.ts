import type { AcquisitionId, FieldId, PlaneId } from '#core/brand.ts'
import type { RunFacts } from '../intake/acquisition.ts'
import type { PlaneFacts } from '../intake/plane-file.ts'
import { all, first, write, type ReadableDb, type WritableDb } from './db.ts'

/** Keeps how a plane was imaged; an index that says it otherwise later is believed. */
export function keepPlaneFacts(db: WritableDb, planeId: PlaneId, facts: PlaneFacts): void {
  const { pixelSize, position, takenAt } = facts
  write(
    db,
    `INSERT INTO planeFacts (planeId, pixelSize, stageX, stageY, stageZ, takenAt)
     VALUES (@planeId, @pixelSize, @stageX, @stageY, @stageZ, @takenAt)
     ON CONFLICT DO UPDATE
       SET pixelSize = excluded.pixelSize, stageX = excluded.stageX, stageY = excluded.stageY,
           stageZ = excluded.stageZ, takenAt = excluded.takenAt`,
    {
      planeId,
      pixelSize,
      stageX: position?.x ?? null,
      stageY: position?.y ?? null,
      stageZ: position?.z ?? null,
      takenAt,
    },
  )
}

/** Keeps how a run was imaged. */
export function keepRunFacts(db: WritableDb, acquisitionId: AcquisitionId, facts: RunFacts): void {
  write(
    db,
    `INSERT INTO runFacts (acquisitionId, facts) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET facts = excluded.facts WHERE facts <> excluded.facts`,
    acquisitionId,
    JSON.stringify(facts),
  )
}

/** How a run was imaged; null where no index says anything. */
export function runFactsOf(db: ReadableDb, acquisitionId: AcquisitionId): RunFacts | null {
  const sql = 'SELECT facts FROM runFacts WHERE acquisitionId = ?'
  const row = first<{ facts: string }>(db, sql, acquisitionId)
  return row === undefined ? null : (JSON.parse(row.facts) as RunFacts)
}

/** How the planes of a field that count were imaged, as far as anything says it. */
export function planeFactsOf(db: ReadableDb, fieldId: FieldId): ReadonlyMap<PlaneId, PlaneFacts> {
  interface Row {
    readonly planeId: PlaneId
    readonly pixelSize: number | null
    readonly stageX: number | null
    readonly stageY: number | null
    readonly stageZ: number | null
    readonly takenAt: string | null
  }
  const rows = all<Row>(
    db,
    `SELECT planeId, pixelSize, stageX, stageY, stageZ, takenAt
     FROM currentPlane JOIN planeFacts ON planeFacts.planeId = currentPlane.id
     WHERE fieldId = ?`,
    fieldId,
  )
  return new Map(
    rows.map(({ planeId, pixelSize, stageX: x, stageY: y, stageZ: z, takenAt }) => {
      const position = x === null || y === null ? null : { x, y, z }
      return [planeId, { pixelSize, position, takenAt }]
    }),
  )
}
