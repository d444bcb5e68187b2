import type { AcquisitionId, FieldId, PlaneId, PlateId } from '#core/brand.ts'
import { all, first, type ReadableDb } from './db.ts'

export type PlaneStateWord = 'waiting' | 'pass' | 'fail' | 'cannot-judge' | 'unreadable'

/** How a plane stands now, and where it is. Written by triggers only: see migrations/0060-standing.ts. */
export interface PlaneStandingRow {
  readonly planeId: PlaneId
  readonly plateId: PlateId
  readonly acquisitionId: AcquisitionId
  /** Number of the imaging run. */
  readonly run: number
  readonly fieldId: FieldId
  /** Name of the field. */
  readonly field: string
  readonly well: string | null
  readonly site: number | null
  readonly t: number
  readonly channel: string
  readonly z: number
  readonly projection: 0 | 1
  readonly state: PlaneStateWord
  /** JSON list; the kind of the fault for an unreadable plane. */
  readonly reasons: string
  /** The newest activity about it, by whatever recipe. */
  readonly sequence: number | null
  /** Milliseconds since 1970. */
  readonly judgedAt: number | null
  readonly supersededBy: PlaneId | null
}

/** Planes of a well that count and stand alike. `well` is '' for loose images. */
export interface WellStandingRow {
  readonly well: string
  readonly state: PlaneStateWord
  /** JSON list. */
  readonly reasons: string
  readonly planes: number
}

export interface WellFieldsRow {
  readonly well: string
  readonly fields: number
  /** Fields whose objects were looked for. */
  readonly analysed: number
  readonly objects: number
}

/** A plane's place on its plate, the same in every imaging run. */
export function placeOf(
  plane: Pick<PlaneStandingRow, 'field' | 'channel' | 'z' | 'projection'>,
): string {
  const depth = plane.projection === 1 ? 'projection' : plane.z
  return `${plane.field} ${plane.channel} ${depth}`
}

export function planeStanding(db: ReadableDb, planeId: PlaneId): PlaneStandingRow | undefined {
  return first<PlaneStandingRow>(db, 'SELECT * FROM planeStanding WHERE planeId = ?', planeId)
}

/** Planes that stand alike, well by well; of the wells named, or of all. */
export function wellStandings(
  db: ReadableDb,
  plateId: PlateId,
  wells: readonly string[] | null = null,
): readonly WellStandingRow[] {
  const columns = 'SELECT well, state, reasons, planes FROM wellStanding WHERE plateId = @plateId'
  return wells === null
    ? all<WellStandingRow>(db, `${columns} AND planes > 0`, { plateId })
    : all<WellStandingRow>(db, `${columns} AND planes > 0 AND ${NAMED}`, {
        plateId,
        wells: JSON.stringify(wells),
      })
}

/** Fields that count and the objects in them, well by well. */
export function wellFields(
  db: ReadableDb,
  plateId: PlateId,
  wells: readonly string[] | null = null,
): readonly WellFieldsRow[] {
  const select = `SELECT well, count(*) AS fields, count(objects) AS analysed,
                         coalesce(sum(objects), 0) AS objects
                  FROM fieldStanding WHERE plateId = @plateId`
  return wells === null
    ? all<WellFieldsRow>(db, `${select} AND counts = 1 GROUP BY well`, { plateId })
    : all<WellFieldsRow>(db, `${select} AND ${NAMED} AND counts = 1 GROUP BY well`, {
        plateId,
        wells: JSON.stringify(wells),
      })
}

const NAMED = 'well IN (SELECT value FROM json_each(@wells))'

export interface PlateStandingRow {
  readonly state: PlaneStateWord
  readonly planes: number
  /** When the first and the last plane came to stand so, milliseconds since 1970. */
  readonly firstAt: number | null
  readonly lastAt: number | null
}

export function plateStandings(db: ReadableDb, plateId: PlateId): readonly PlateStandingRow[] {
  return all<PlateStandingRow>(
    db,
    `SELECT state, sum(planes) AS planes, min(firstAt) AS firstAt, max(lastAt) AS lastAt
     FROM wellStanding WHERE plateId = ? GROUP BY state`,
    plateId,
  )
}

/** Planes in question that somebody has decided about, well by well; of one plate or of all. */
export function decidedInQuestion(
  db: ReadableDb,
  plateId: PlateId | null,
): readonly { readonly plateId: PlateId; readonly well: string; readonly planes: number }[] {
  return all(
    db,
    `SELECT plateId, coalesce(well, '') AS well, count(*) AS planes
     FROM (SELECT DISTINCT planeId FROM decision
           WHERE NOT EXISTS (SELECT 1 FROM withdrawal WHERE decisionId = decision.id)) AS decided
     JOIN planeStanding ON planeStanding.planeId = decided.planeId
     WHERE ${IN_QUESTION} AND (@plateId IS NULL OR plateId = @plateId)
     GROUP BY plateId, well`,
    { plateId },
  )
}

/**
 * What makes a plane one that people should look at: it counts, and the machine does not vouch for it.
 * Word by word the condition of the index `planeInQuestion`, or SQLite does not see that it is.
 */
export const IN_QUESTION = `supersededBy IS NULL AND state IN ('fail', 'cannot-judge', 'unreadable')`
