import type { FieldId, PlaneId, PlateId, RecordId } from '#core/brand.ts'
import type { JudgedState } from '#core/review/reacquisition.ts'
import { all, first, type ReadableDb } from './db.ts'

/** A plane as a reviewer meets it. */
export interface PlaneInQuestionRow {
  readonly planeId: PlaneId
  readonly fieldId: FieldId
  readonly plateId: PlateId
  readonly plate: string
  readonly well: string | null
  readonly site: number | null
  readonly t: number
  readonly channel: string
  readonly z: number
  readonly state: JudgedState
  /** JSON list; the kind of the fault for an unreadable plane. */
  readonly reasons: string
  readonly supersededBy: PlaneId | null
  /** What judged it last; null where nothing has. */
  readonly activityId: RecordId | null
  /** JSON of { name: number or null }; null where nothing was measured. */
  readonly metrics: string | null
  /** JSON of what kept it from being read; null for one that was. */
  readonly fault: string | null
  readonly path: string
  readonly bytes: number
  readonly modified: string
  readonly page: number
}

/**
 * Planes that count and are flagged, or that somebody decided about; null for those of all plates.
 *
 * @param besides planes that are looked at for another reason: networks doubt their fields
 */
export function planesToReview(
  db: ReadableDb,
  plateId: PlateId | null,
  besides: readonly PlaneId[] = [],
): readonly PlaneInQuestionRow[] {
  return all<PlaneInQuestionRow>(
    db,
    `${PLANES}
     WHERE standing.planeId IN (
             SELECT planeId FROM planeStanding
             WHERE supersededBy IS NULL AND state IN ('fail', 'cannot-judge', 'unreadable')
             UNION SELECT planeId FROM decision
             UNION SELECT value FROM json_each(@besides))
       AND standing.supersededBy IS NULL
       AND (@plateId IS NULL OR standing.plateId = @plateId)`,
    { plateId, besides: JSON.stringify(besides) },
  )
}

/**
 * The same of a plate, with those that were imaged again since, in the order in which they came. Images that turned out
 * to be of elsewhere are not the plate's.
 */
export function planesInQuestion(db: ReadableDb, plateId: PlateId): readonly PlaneInQuestionRow[] {
  return all<PlaneInQuestionRow>(
    db,
    `${PLANES}
     WHERE standing.plateId = ? AND standing.elsewhere = 0
       AND (standing.state IN ('fail', 'cannot-judge', 'unreadable')
            OR standing.planeId IN (SELECT planeId FROM decision))
     ORDER BY standing.planeId`,
    plateId,
  )
}

export function planeInQuestion(db: ReadableDb, planeId: PlaneId): PlaneInQuestionRow | undefined {
  return first<PlaneInQuestionRow>(db, `${PLANES} WHERE standing.planeId = ?`, planeId)
}

/** How the newest image of the same place stands; null for a plane that is the newest itself. */
export function newestState(
  db: ReadableDb,
  { supersededBy }: Pick<PlaneInQuestionRow, 'supersededBy'>,
): JudgedState | null {
  let state: JudgedState | null = null
  for (let next = supersededBy; next !== null;) {
    const newer = first<Pick<PlaneInQuestionRow, 'state' | 'supersededBy'>>(
      db,
      'SELECT state, supersededBy FROM planeStanding WHERE planeId = ?',
      next,
    )!
    state = newer.state
    next = newer.supersededBy
  }
  return state
}

const PLANES = `
  SELECT standing.planeId, standing.fieldId, standing.plateId, plate.name AS plate, standing.well,
         standing.site, standing.t, standing.channel, standing.z, standing.state, standing.reasons,
         standing.supersededBy, activity.id AS activityId, verdict.metrics,
         iif(standing.state = 'unreadable',
             (SELECT fault FROM fault WHERE fault.planeId = standing.planeId
              ORDER BY fault.id DESC LIMIT 1),
             NULL) AS fault,
         file.path, file.bytes, file.modified, plane.page
  FROM planeStanding AS standing
  JOIN plate ON plate.id = standing.plateId
  JOIN plane ON plane.id = standing.planeId
  JOIN file ON file.id = plane.fileId
  LEFT JOIN activity ON activity.sequence = standing.sequence
  LEFT JOIN verdict ON verdict.activityId = activity.id`
