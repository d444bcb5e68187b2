import type { Sha256 } from '#core/brand.ts'
import type { Json } from '#core/canonical.ts'
import { first, type ReadableDb } from '../store/db.ts'
import { digestOf } from './digest.ts'

/** SHA-256 over a decision and the plane that it was about, as they are in the database now. */
export function decisionSeal(db: ReadableDb, id: number): Sha256 {
  const decision = first<Json>(db, 'SELECT * FROM decision WHERE id = ?', id) ?? null
  const subject = first<Json>(
    db,
    `SELECT plate.name AS plate, plate.uniqueId, acquisition.number, acquisition.folder,
            field.name AS field, field.well, field.site, field.t,
            plane.channel, plane.z, plane.projection, plane.page,
            file.path, file.bytes, file.modified
     FROM decision
     JOIN plane ON plane.id = decision.planeId
     JOIN file ON file.id = plane.fileId
     JOIN field ON field.id = plane.fieldId
     JOIN acquisition ON acquisition.id = field.acquisitionId
     JOIN plate ON plate.id = acquisition.plateId
     WHERE decision.id = ?`,
    id,
  )
  return digestOf({ decision, subject: subject ?? null })
}

/** SHA-256 over a withdrawal, as it is in the database now. */
export function withdrawalSeal(db: ReadableDb, id: number): Sha256 {
  return digestOf(first<Json>(db, 'SELECT * FROM withdrawal WHERE id = ?', id) ?? null)
}
