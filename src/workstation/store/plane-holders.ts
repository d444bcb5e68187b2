import type { PlaneId, PlateId, Sha256 } from '#core/brand.ts'
import { all, first, type ReadableDb } from './db.ts'

/** A place on a plate, and a file that is put there. */
export interface PlaceOfFile {
  readonly plateId: PlateId
  readonly field: string
  readonly well: string | null
  readonly channel: string
  readonly z: number
  readonly projection: 0 | 1
  readonly page: number
  /** Absolute path. */
  readonly path: string
  readonly bytes: number
}

/** Another file that held the same plane of a plate, in whatever run. */
export interface PlaneHolder {
  readonly planeId: PlaneId
  readonly path: string
  /** As it was read when the plane was judged; null where it was not. */
  readonly sha256: Sha256 | null
}

/** Other files of this size that hold, or held, the plane of a place; oldest first. */
export function holdersOfPlace(db: ReadableDb, place: PlaceOfFile): readonly PlaneHolder[] {
  return all<PlaneHolder>(
    db,
    `SELECT standing.planeId, file.path,
            (SELECT entity.sha256 FROM activity
             JOIN used ON used.activityId = activity.id
             JOIN entity ON entity.id = used.entityId
             WHERE activity.planeId = plane.id AND entity.kind = 'file'
               AND entity.location = file.path
             ORDER BY activity.sequence DESC LIMIT 1) AS sha256
     FROM planeStanding AS standing
     JOIN plane ON plane.id = standing.planeId
     JOIN file ON file.id = plane.fileId
     WHERE standing.plateId = @plateId AND standing.well IS @well AND standing.field = @field
       AND standing.channel = @channel AND standing.z = @z AND standing.projection = @projection
       AND elsewhere = 0 AND plane.page = @page AND file.bytes = @bytes AND file.path <> @path
     ORDER BY standing.planeId`,
    place,
  )
}

/** The plate of this name and identity, if it is known. */
export function plateNamed(db: ReadableDb, name: string, uniqueId: string): PlateId | null {
  const sql = 'SELECT id FROM plate WHERE name = ? AND uniqueId = ?'
  return first<{ id: PlateId }>(db, sql, name, uniqueId)?.id ?? null
}

/** Whether a plate was imaged into another folder, and not yet into this one. */
export function isImagedElsewhere(db: ReadableDb, plateId: PlateId, folder: string): boolean {
  const runs = all<{ folder: string }>(
    db,
    'SELECT folder FROM acquisition WHERE plateId = ?',
    plateId,
  )
  return runs.length > 0 && runs.every(run => run.folder !== folder)
}
