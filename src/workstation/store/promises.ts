import type { AcquisitionId, PlateId } from '#core/brand.ts'
import type { PlaneBlock } from '../intake/acquisition.ts'
import { all, write, type ReadableDb, type WritableDb } from './db.ts'

/** What the index of one imaging run promises. */
export interface PlatePromise {
  readonly acquisitionId: AcquisitionId
  readonly blocks: readonly PlaneBlock[]
}

/** Keeps what an index promises, so that it is known without the folder; it may grow while the plate is imaged. */
export function keepPromise(db: WritableDb, { acquisitionId, blocks }: PlatePromise): void {
  write(
    db,
    `INSERT INTO promise (acquisitionId, blocks) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET blocks = excluded.blocks WHERE blocks <> excluded.blocks`,
    acquisitionId,
    JSON.stringify(blocks),
  )
}

/** What was promised of a plate, by imaging run; runs whose index promises nothing are not among them. */
export function promisesOf(db: ReadableDb, plateId: PlateId): readonly PlatePromise[] {
  return all<{ acquisitionId: AcquisitionId; blocks: string }>(
    db,
    `SELECT acquisitionId, blocks
     FROM acquisition JOIN promise ON promise.acquisitionId = acquisition.id
     WHERE acquisition.plateId = ? ORDER BY acquisition.number`,
    plateId,
  ).map(({ acquisitionId, blocks }) => ({
    acquisitionId,
    blocks: JSON.parse(blocks) as PlaneBlock[],
  }))
}
