import type { AcquisitionId, PlateId } from '#core/brand.ts'
import { all, first, write, type ReadableDb, type WritableDb } from './db.ts'

export interface AcquisitionRow {
  readonly id: AcquisitionId
  readonly plateId: PlateId
  readonly plate: string
  readonly uniqueId: string
  /** Counts the imaging runs of a plate from 0. */
  readonly number: number
  readonly folder: string
  readonly instrument: string
  readonly namedBy: 'index' | 'name' | 'map' | 'loose'
  /** Planes that the instrument's index promises; null where no index does. */
  readonly expected: number | null
  /** JSON list of channel names in the instrument's order. */
  readonly channels: string
}

export function plateIsKnown(db: ReadableDb, plateId: PlateId): boolean {
  return first(db, 'SELECT 1 FROM plate WHERE id = ?', plateId) !== undefined
}

/** The plate of this name and identity, made where it is new. */
export function enterPlate(db: WritableDb, name: string, uniqueId: string): PlateId {
  const known = first<{ id: PlateId }>(
    db,
    'SELECT id FROM plate WHERE name = ? AND uniqueId = ?',
    name,
    uniqueId,
  )
  if (known !== undefined) return known.id
  return all<{ id: PlateId }>(
    db,
    'INSERT INTO plate (name, uniqueId) VALUES (?, ?) RETURNING id',
    name,
    uniqueId,
  )[0]!.id
}

/** The imaging run of a plate in this folder, made where it is new; what the index promises may grow. */
export function enterAcquisition(
  db: WritableDb,
  run: Pick<
    AcquisitionRow,
    'plateId' | 'folder' | 'instrument' | 'namedBy' | 'expected' | 'channels'
  >,
): AcquisitionRow {
  write(
    db,
    `INSERT INTO acquisition (plateId, number, folder, instrument, namedBy, expected, channels)
     VALUES (@plateId,
             (SELECT count(*) FROM acquisition WHERE plateId = @plateId),
             @folder, @instrument, @namedBy, @expected, @channels)
     ON CONFLICT (plateId, folder) DO UPDATE
       SET instrument = excluded.instrument, namedBy = excluded.namedBy,
           expected = excluded.expected, channels = excluded.channels`,
    run,
  )
  return first<AcquisitionRow>(
    db,
    `${ACQUISITIONS} WHERE plateId = ? AND folder = ?`,
    run.plateId,
    run.folder,
  )!
}

/** Every imaging run, oldest first. */
export function listAcquisitions(db: ReadableDb): readonly AcquisitionRow[] {
  return all<AcquisitionRow>(db, `${ACQUISITIONS} ORDER BY acquisition.id`)
}

/** The imaging runs of a plate, first to last. */
export function acquisitionsOf(db: ReadableDb, plateId: PlateId): readonly AcquisitionRow[] {
  return all<AcquisitionRow>(db, `${ACQUISITIONS} WHERE plateId = ? ORDER BY number`, plateId)
}

/** Every plate, that with the newest imaging run first. */
export function listPlates(db: ReadableDb): readonly PlateId[] {
  return all<{ plateId: PlateId }>(
    db,
    'SELECT plateId FROM acquisition GROUP BY plateId ORDER BY max(id) DESC',
  ).map(({ plateId }) => plateId)
}

const ACQUISITIONS = `
  SELECT acquisition.id, plateId, plate.name AS plate, uniqueId, number, folder, instrument,
         namedBy, expected, channels
  FROM acquisition JOIN plate ON plate.id = plateId`
