import type { AcquisitionId, FieldId, PlaneId, PlateId, Sha256 } from '#core/brand.ts'
import { all, first, write, type ReadableDb, type WritableDb } from './db.ts'

export type PlaneStateWord = 'waiting' | 'pass' | 'fail' | 'cannot-judge' | 'unreadable'

/** How a plane stands now, and where it is. Kept by triggers: see migrations/0060-standing.ts. */
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
  /** When it was first judged, milliseconds since 1970. */
  readonly judgedAt: number | null
  readonly supersededBy: PlaneId | null
  /** 1 where its image was identified otherwise later, as the plane that superseded it. */
  readonly elsewhere: 0 | 1
}

/** Planes of a well that count and stand alike. `well` is '' for loose images. */
export interface WellStandingRow {
  readonly well: string
  readonly state: PlaneStateWord
  /** JSON list. */
  readonly reasons: string
  readonly planes: number
  /** How many of them are projections. */
  readonly projections: number
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

/** The planes of an imaging run whose place another has taken. */
export function supersededPlanes(
  db: ReadableDb,
  acquisitionId: AcquisitionId,
): ReadonlySet<PlaneId> {
  const rows = all<{ planeId: PlaneId }>(
    db,
    `SELECT planeId
     FROM field
     JOIN plane ON plane.fieldId = field.id
     JOIN planeStanding ON planeStanding.planeId = plane.id
     WHERE field.acquisitionId = ? AND supersededBy IS NOT NULL`,
    acquisitionId,
  )
  return new Set(rows.map(({ planeId }) => planeId))
}

/** Which runs took the place of planes of which: both by their numbers, each pair once. */
export function supersedingRuns(
  db: ReadableDb,
  plateId: PlateId,
): readonly { readonly run: number; readonly by: number }[] {
  return all(
    db,
    `SELECT DISTINCT standing.run, later.run AS by
     FROM planeStanding AS standing
     JOIN planeStanding AS later ON later.planeId = standing.supersededBy
     WHERE standing.plateId = ? AND standing.supersededBy IS NOT NULL AND standing.elsewhere = 0
       AND later.run > standing.run
     ORDER BY standing.run, later.run`,
    plateId,
  )
}

/** Planes that stand alike, well by well; of the wells named, or of all. */
export function wellStandings(
  db: ReadableDb,
  plateId: PlateId,
  wells: readonly string[] | null = null,
): readonly WellStandingRow[] {
  const columns = `SELECT well, state, reasons, planes, projections
                   FROM wellStanding WHERE plateId = @plateId`
  return wells === null
    ? all<WellStandingRow>(db, `${columns} AND planes > 0`, { plateId })
    : all<WellStandingRow>(db, `${columns} AND planes > 0 AND ${NAMED}`, {
        plateId,
        wells: JSON.stringify(wells),
      })
}

/** Planes that count, and how many of them are projections, well by well. */
export function planesOfWells(
  db: ReadableDb,
  plateId: PlateId,
): readonly Pick<WellStandingRow, 'well' | 'planes' | 'projections'>[] {
  return all(
    db,
    `SELECT well, sum(planes) AS planes, sum(projections) AS projections
     FROM wellStanding WHERE plateId = ? GROUP BY well`,
    plateId,
  )
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

/**
 * Whether a plate has a plane that counts, or has no plane yet. At every place of a plate one counts, so where none does
 * all of them were identified otherwise.
 */
export function countsStill(db: ReadableDb, plateId: PlateId): boolean {
  const sql = `SELECT 1 WHERE
    EXISTS (SELECT 1 FROM wellStanding WHERE plateId = @plateId AND planes > 0)
    OR NOT EXISTS (SELECT 1 FROM fieldStanding WHERE plateId = @plateId)`
  return first(db, sql, { plateId }) !== undefined
}

export interface PlateStandingRow {
  readonly state: PlaneStateWord
  readonly planes: number
  /** When the first and the last of them were first judged, milliseconds since 1970. */
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

/**
 * Lets an imaging run stand as one recipe found it, where that recipe has been at work before. What is recorded is not
 * done again, so nothing new would come to tell that the recipe is in use once more.
 */
export function standByRecipe(
  db: WritableDb,
  acquisitionId: AcquisitionId,
  recipeHash: Sha256,
): void {
  write(
    db,
    `UPDATE planeStanding
     SET state = judged.state, reasons = judged.reasons, sequence = judged.sequence
     FROM (
       SELECT activity.planeId, max(activity.sequence) AS sequence,
              coalesce(verdict.verdict, 'unreadable') AS state,
              coalesce(verdict.reasons, json_array(fault.kind)) AS reasons
       FROM acquisition
       JOIN planeStanding AS standing
         ON standing.plateId = acquisition.plateId AND standing.acquisitionId = acquisition.id
       JOIN activity ON activity.planeId = standing.planeId
       LEFT JOIN verdict ON verdict.activityId = activity.id
       LEFT JOIN fault ON fault.planeId = activity.planeId AND fault.activityId = activity.id
       WHERE acquisition.id = ? AND activity.recipeHash = ?
       GROUP BY activity.planeId
     ) AS judged
     WHERE planeStanding.planeId = judged.planeId AND planeStanding.sequence <> judged.sequence`,
    acquisitionId,
    recipeHash,
  )
  write(
    db,
    `UPDATE fieldStanding SET sequence = found.sequence, objects = found.count
     FROM (
       SELECT field.id AS fieldId, max(objects.sequence) AS sequence, objects.count
       FROM field
       JOIN countingObjects AS objects ON objects.fieldId = field.id
       JOIN activity ON activity.id = objects.activityId
       WHERE field.acquisitionId = ? AND activity.recipeHash = ?
       GROUP BY field.id
     ) AS found
     WHERE fieldStanding.fieldId = found.fieldId AND fieldStanding.sequence <> found.sequence`,
    acquisitionId,
    recipeHash,
  )
}
