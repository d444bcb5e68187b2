import type { AcquisitionId, PlaneId } from '#core/brand.ts'
import type { RunFacts } from '../intake/acquisition.ts'
import type { PlaneFacts } from '../intake/plane-file.ts'
import { first, write, type ReadableDb, type WritableDb } from './db.ts'

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
