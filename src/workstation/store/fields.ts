import type { AcquisitionId, FieldId, PlaneId, PlateId } from '#core/brand.ts'
import { all, first, write, type ReadableDb, type WritableDb } from './db.ts'

export interface FieldRow {
  readonly id: FieldId
  readonly acquisitionId: AcquisitionId
  readonly name: string
  /** `B03`; null for a loose image. */
  readonly well: string | null
  readonly site: number | null
  readonly t: number
}

export interface PlaneRow {
  readonly id: PlaneId
  readonly fieldId: FieldId
  readonly channel: string
  readonly z: number
  readonly projection: 0 | 1
  readonly page: number
  /** Absolute path of the file, and which version of it: its size, and its time in nanoseconds. */
  readonly path: string
  readonly bytes: number
  readonly modified: string
  /** Side of a pixel in µm as the index says it; null where it does not: then the image may. */
  readonly pixelSize: number | null
}

/** The field of this name, made where it is new. */
export function enterField(db: WritableDb, field: Omit<FieldRow, 'id'>): FieldId {
  const known = first<{ id: FieldId }>(
    db,
    'SELECT id FROM field WHERE acquisitionId = ? AND name = ?',
    field.acquisitionId,
    field.name,
  )
  if (known !== undefined) return known.id
  return first<{ id: FieldId }>(
    db,
    `INSERT INTO field (acquisitionId, name, well, site, t)
     VALUES (@acquisitionId, @name, @well, @site, @t) RETURNING id`,
    field,
  )!.id
}

export type EnteredPlane = Omit<PlaneRow, 'id' | 'pixelSize'>

/**
 * Adds a plane of a field; the same version of the same file twice is one plane, and what the file was identified as
 * last, whatever it was taken for in between.
 */
export function enterPlane(db: WritableDb, plane: EnteredPlane): PlaneId {
  write(
    db,
    `INSERT INTO file (path, bytes, modified) VALUES (@path, @bytes, @modified)
     ON CONFLICT DO NOTHING`,
    plane,
  )
  const entered = first<{ id: PlaneId }>(
    db,
    `INSERT INTO plane (fieldId, fileId, page, channel, z, projection)
     VALUES (@fieldId,
             (SELECT id FROM file WHERE path = @path AND bytes = @bytes AND modified = @modified),
             @page, @channel, @z, @projection)
     ON CONFLICT DO NOTHING RETURNING id`,
    plane,
  )
  if (entered !== undefined) return entered.id
  identifyAgain(db, plane)
  return first<{ id: PlaneId }>(
    db,
    `SELECT plane.id FROM plane JOIN file ON file.id = plane.fileId
     WHERE fieldId = @fieldId AND page = @page
       AND channel = @channel AND z = @z AND projection = @projection
       AND path = @path AND bytes = @bytes AND modified = @modified`,
    plane,
  )!.id
}

function identifyAgain(db: WritableDb, plane: EnteredPlane): void {
  const known = first<{ planeId: PlaneId }>(
    db,
    `SELECT planeId FROM file
     JOIN plane ON plane.fileId = file.id
     JOIN planeStanding ON planeStanding.planeId = plane.id
     WHERE path = @path AND bytes = @bytes AND modified = @modified
       AND plane.fieldId = @fieldId AND page = @page AND plane.channel = @channel
       AND plane.z = @z AND plane.projection = @projection AND elsewhere = 1`,
    plane,
  )
  if (known === undefined) return
  write(
    db,
    `UPDATE planeStanding SET elsewhere = 1, supersededBy = @planeId
     WHERE elsewhere = 0 AND planeId IN (
       SELECT other.id FROM plane AS mine
       JOIN plane AS other ON other.fileId = mine.fileId AND other.page = mine.page
       WHERE mine.id = @planeId AND other.id <> mine.id)`,
    known,
  )
  write(db, 'UPDATE planeStanding SET elsewhere = 0 WHERE planeId = @planeId', known)
}

/** Where images of fields counted while they were identified otherwise. */
export function formerPlaces(
  db: ReadableDb,
  fieldIds: readonly FieldId[],
): readonly { readonly plateId: PlateId; readonly well: string | null }[] {
  return all(
    db,
    `SELECT DISTINCT former.plateId, former.well
     FROM plane
     JOIN plane AS twin
       ON twin.fileId = plane.fileId AND twin.page = plane.page AND twin.id <> plane.id
     JOIN planeStanding AS former ON former.planeId = twin.id
     WHERE plane.fieldId IN (SELECT value FROM json_each(?)) AND former.elsewhere = 1`,
    JSON.stringify(fieldIds),
  )
}

export function fieldsOf(db: ReadableDb, acquisitionId: AcquisitionId): readonly FieldRow[] {
  return all<FieldRow>(db, 'SELECT * FROM field WHERE acquisitionId = ? ORDER BY id', acquisitionId)
}

/** The planes that count, newest version of each, in the order of their fields. */
export function currentPlanes(db: ReadableDb, acquisitionId: AcquisitionId): readonly PlaneRow[] {
  return all<PlaneRow>(
    db,
    `SELECT plane.id, plane.fieldId, channel, z, projection, page, path, bytes, modified, pixelSize
     FROM field
     JOIN currentPlane AS plane ON plane.fieldId = field.id
     JOIN file ON file.id = plane.fileId
     LEFT JOIN planeFacts ON planeFacts.planeId = plane.id
     WHERE field.acquisitionId = ?
     ORDER BY field.id, channel, z, projection`,
    acquisitionId,
  )
}

/** The planes of one field that count. */
export function currentPlanesOfField(db: ReadableDb, fieldId: FieldId): readonly PlaneRow[] {
  return all<PlaneRow>(
    db,
    `SELECT plane.id, plane.fieldId, channel, z, projection, page, path, bytes, modified, pixelSize
     FROM currentPlane AS plane JOIN file ON file.id = plane.fileId
     LEFT JOIN planeFacts ON planeFacts.planeId = plane.id
     WHERE plane.fieldId = ?
     ORDER BY channel, z, projection`,
    fieldId,
  )
}

/** The wells that planes are of; null is that of a loose image. */
export function wellsOfPlanes(
  db: ReadableDb,
  planeIds: readonly PlaneId[],
): ReadonlySet<string | null> {
  const sql = 'SELECT well FROM plane JOIN field ON field.id = fieldId WHERE plane.id = ?'
  return new Set(planeIds.flatMap(id => first<{ well: string | null }>(db, sql, id)?.well ?? []))
}

/** Whether this version of a file has been accepted before. */
export function fileIsKnown(
  db: ReadableDb,
  file: { readonly path: string; readonly bytes: number; readonly modified: string },
): boolean {
  const sql = 'SELECT 1 FROM file WHERE path = @path AND bytes = @bytes AND modified = @modified'
  return first(db, sql, file) !== undefined
}
