import type { PlaneId, PlateId, RecordId } from '#core/brand.ts'
import type { PageFile } from '../reading/read-page.ts'
import { all, first, type ReadableDb } from './db.ts'

/** Where a plane's pixels are, and in which version of their file. */
export function pixelFileOf(db: ReadableDb, planeId: PlaneId): PageFile | undefined {
  return first<PageFile>(
    db,
    `SELECT path, page, bytes, modified FROM plane JOIN file ON file.id = fileId
     WHERE plane.id = ?`,
    planeId,
  )
}

/** The label image of a field's objects, by the path inside `artifacts/` that names its content. */
export function labelImageOf(db: ReadableDb, record: RecordId): string | undefined {
  return artifactIn(db, record, 'labels')
}

/** A map that networks made of a field, by the path inside `artifacts/` that names its content. */
export function predictionMapOf(
  db: ReadableDb,
  record: RecordId,
  kind: string,
): string | undefined {
  return artifactIn(db, record, `map.${kind}`)
}

function artifactIn(db: ReadableDb, record: RecordId, role: string): string | undefined {
  return first<{ location: string }>(
    db,
    `SELECT location FROM generated JOIN entity ON entity.id = entityId
     WHERE activityId = ? AND role = ?`,
    record,
    role,
  )?.location
}

/** The wells of a plate that have planes, whether these count or not. */
export function imagedWells(db: ReadableDb, plateId: PlateId): readonly string[] {
  return all<{ well: string }>(
    db,
    `SELECT DISTINCT well FROM fieldStanding WHERE plateId = ? AND well <> ''`,
    plateId,
  ).map(({ well }) => well)
}

export interface FirstFieldPlane extends PageFile {
  readonly well: string
  readonly z: number
  readonly projection: 0 | 1
}

/**
 * The planes of one channel in the first field of each well, of those that count and can be read, from the lowest
 * focal plane up.
 */
export function firstFieldPlanes(
  db: ReadableDb,
  plateId: PlateId,
  channel: string,
): readonly FirstFieldPlane[] {
  return all<FirstFieldPlane>(
    db,
    `WITH counting AS (
       SELECT planeId, well, z, projection,
              rank() OVER (PARTITION BY well ORDER BY t, site, fieldId) AS place
       FROM planeStanding
       WHERE plateId = ? AND channel = ? AND well IS NOT NULL
         AND supersededBy IS NULL AND state <> 'unreadable')
     SELECT counting.well, counting.z, counting.projection, path, page, bytes, modified
     FROM counting
     JOIN plane ON plane.id = planeId
     JOIN file ON file.id = fileId
     WHERE place = 1
     ORDER BY counting.well, counting.z`,
    plateId,
    channel,
  )
}
