import type { AcquisitionId, PlaneId, PlateId } from '#core/brand.ts'
import { all, first, type ReadableDb } from './db.ts'

/** A plane of a well, and when it came. */
export interface ArrivalRow {
  readonly planeId: PlaneId
  readonly acquisitionId: AcquisitionId
  readonly well: string
  readonly site: number
  readonly channel: string
  readonly z: number
  readonly t: number
  readonly projection: 0 | 1
  /** Milliseconds since 1970: when it was entered, or judged where that was not kept; 0 where nothing is known. */
  readonly at: number
}

/**
 * The planes of a plate that came after one of them, in the order in which they came; images that turned out to be of
 * elsewhere are not among them.
 *
 * @param after null for all of them
 */
export function arrivalsOf(
  db: ReadableDb,
  plateId: PlateId,
  after: PlaneId | null,
): readonly ArrivalRow[] {
  const columns = `
    SELECT standing.planeId, acquisitionId, well, site, standing.channel, standing.z, t,
           standing.projection, coalesce(enteredAt, judgedAt, 0) AS at
    FROM planeStanding AS standing JOIN plane ON plane.id = standing.planeId`
  const counted = `elsewhere = 0 AND well IS NOT NULL AND site IS NOT NULL ORDER BY standing.planeId`
  return after === null
    ? all<ArrivalRow>(db, `${columns} WHERE plateId = ? AND ${counted}`, plateId)
    : // By number: the index of places would walk through the whole plate.
      all<ArrivalRow>(
        db,
        `${columns} WHERE standing.planeId > ? AND +plateId = ? AND ${counted}`,
        after,
        plateId,
      )
}

/** Changes when an image of the plate turns out to be of elsewhere, or to have been of it after all. */
export function departures(db: ReadableDb, plateId: PlateId): string {
  const sql = `SELECT count(*) || ' ' || coalesce(sum(planeId), 0) AS mark
               FROM planeStanding WHERE plateId = ? AND elsewhere = 1`
  return first<{ mark: string }>(db, sql, plateId)!.mark
}

/** What indexes promise of a plate as it is kept, JSON by imaging run: to see whether it has changed. */
export function promiseTexts(
  db: ReadableDb,
  plateId: PlateId,
): ReadonlyMap<AcquisitionId, { readonly blocks: string | null }> {
  const rows = all<{ id: AcquisitionId; blocks: string | null }>(
    db,
    `SELECT acquisition.id, blocks
     FROM acquisition LEFT JOIN promise ON promise.acquisitionId = acquisition.id
     WHERE plateId = ? ORDER BY number`,
    plateId,
  )
  return new Map(rows.map(({ id, blocks }) => [id, { blocks }]))
}
