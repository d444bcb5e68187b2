import type { AcquisitionId, PlateId } from '#core/brand.ts'
import type { PlateSize } from '#core/plate/well.ts'
import type { PlaneBlock } from '../intake/acquisition.ts'
import { all, write, type ReadableDb, type WritableDb } from './db.ts'

/** What the index of one imaging run promises. */
export interface PlatePromise {
  readonly acquisitionId: AcquisitionId
  readonly blocks: readonly PlaneBlock[]
  /** The plate as its index says it; null where it does not. */
  readonly format: PlateSize | null
}

/** Keeps what an index promises, so that it is known without the folder; it may grow while the plate is imaged. */
export function keepPromise(db: WritableDb, { acquisitionId, blocks, format }: PlatePromise): void {
  write(
    db,
    `INSERT INTO promise (acquisitionId, blocks, format) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET blocks = excluded.blocks, format = excluded.format
       WHERE blocks <> excluded.blocks OR format IS NOT excluded.format`,
    acquisitionId,
    JSON.stringify(blocks),
    format === null ? null : JSON.stringify(format),
  )
}

/** What was promised of a plate, by imaging run; runs whose index promises nothing are not among them. */
export function promisesOf(db: ReadableDb, plateId: PlateId): readonly PlatePromise[] {
  return all<{ acquisitionId: AcquisitionId; blocks: string; format: string | null }>(
    db,
    `SELECT acquisitionId, blocks, format
     FROM acquisition JOIN promise ON promise.acquisitionId = acquisition.id
     WHERE acquisition.plateId = ? ORDER BY acquisition.number`,
    plateId,
  ).map(({ acquisitionId, blocks, format }) => ({
    acquisitionId,
    blocks: JSON.parse(blocks) as PlaneBlock[],
    format: format === null ? null : (JSON.parse(format) as PlateSize),
  }))
}
