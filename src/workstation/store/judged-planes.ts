import type { FieldId, PlaneId, PlateId } from '#core/brand.ts'
import type { VerdictWord } from './verdicts.ts'
import { all, type ReadableDb } from './db.ts'

/** A plane that counts and was judged or found unreadable: how it stands, and what was measured on it. */
export interface JudgedPlaneRow {
  readonly sequence: number
  readonly planeId: PlaneId
  readonly fieldId: FieldId
  readonly field: string
  readonly well: string | null
  readonly site: number | null
  readonly channel: string
  readonly z: number
  readonly projection: 0 | 1
  readonly state: VerdictWord | 'unreadable'
  /** JSON list. */
  readonly reasons: string
  /** When it was first judged, milliseconds since 1970. */
  readonly judgedAt: number
  /** JSON of `{ name: number or null }`; null for an unreadable plane. */
  readonly metrics: string | null
  readonly path: string
  readonly bytes: number
  readonly modified: string
  readonly page: number
}

export const JUDGED_AFTER = `
  SELECT standing.sequence, standing.planeId, standing.fieldId, field, well, site,
         standing.channel, standing.z, standing.projection, state, standing.reasons, judgedAt,
         metrics, path, bytes, modified, page
  FROM planeStanding AS standing
  JOIN activity ON activity.sequence = standing.sequence
  LEFT JOIN verdict ON verdict.activityId = activity.id
  JOIN plane ON plane.id = standing.planeId
  JOIN file ON file.id = plane.fileId
  WHERE standing.plateId = ? AND standing.sequence > ? AND supersededBy IS NULL
  ORDER BY standing.sequence LIMIT ?`

/** Planes of a plate that were judged after a sequence, in the order in which they were. */
export function judgedPlanes(
  db: ReadableDb,
  plateId: PlateId,
  after: number,
  limit: number,
): readonly JudgedPlaneRow[] {
  return all<JudgedPlaneRow>(db, JUDGED_AFTER, plateId, after, limit)
}

/** How many planes that count stand how. */
export function planesByState(
  db: ReadableDb,
  plateId: PlateId,
): readonly { readonly state: VerdictWord | 'waiting' | 'unreadable'; readonly planes: number }[] {
  return all(
    db,
    `SELECT state, sum(planes) AS planes FROM wellStanding WHERE plateId = ?
     GROUP BY state HAVING sum(planes) > 0`,
    plateId,
  )
}
