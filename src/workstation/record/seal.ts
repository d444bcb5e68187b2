import type { RecordId, Sha256 } from '#core/brand.ts'
import type { Json } from '#core/canonical.ts'
import { generatedBy, informedBy, usedBy } from '../store/activities.ts'
import { all, first, type ReadableDb } from '../store/db.ts'
import { faultOf } from '../store/faults.ts'
import { fieldObjectsOf, summariesOf } from '../store/objects.ts'
import { predictionOf } from '../store/predictions.ts'
import { verdictOf } from '../store/verdicts.ts'
import { digestOf } from './digest.ts'

/** SHA-256 over every row that an activity consists of and was about, as they are in the database now. */
export function sealOf(db: ReadableDb, id: RecordId): Sha256 {
  const activity = first<Record<string, Json>>(db, 'SELECT * FROM activity WHERE id = ?', id)
  const prediction = predictionOf(db, id)
  const rows = {
    activity: activity ?? null,
    subject: subjectOf(db, id) ?? null,
    agents: agentsOf(db, id),
    used: usedBy(db, id),
    generated: generatedBy(db, id),
    informed: informedBy(db, id),
    verdict: verdictOf(db, id) ?? null,
    fault: faultOf(db, id) ?? null,
    objects: fieldObjectsOf(db, id) ?? null,
    summaries: summariesOf(db, id),
    // Records made before there were networks have seals without it.
    ...(prediction !== undefined && { prediction }),
  }
  return digestOf(rows as unknown as Json)
}

/** The plate, and as far as the activity was about less: the field, the plane and its file. */
function subjectOf(db: ReadableDb, id: RecordId): unknown {
  return first(
    db,
    `SELECT plate.name AS plate, plate.uniqueId, acquisition.number, acquisition.folder,
            field.name AS field, field.well, field.site, field.t,
            plane.channel, plane.z, plane.projection, plane.page,
            file.path, file.bytes, file.modified
     FROM activity
     LEFT JOIN plane ON plane.id = activity.planeId
     LEFT JOIN file ON file.id = plane.fileId
     LEFT JOIN field ON field.id = coalesce(activity.fieldId, plane.fieldId)
     LEFT JOIN acquisition
       ON acquisition.id = coalesce(activity.acquisitionId, field.acquisitionId)
     LEFT JOIN plate ON plate.id = acquisition.plateId
     WHERE activity.id = ?`,
    id,
  )
}

function agentsOf(db: ReadableDb, id: RecordId): readonly unknown[] {
  return all(
    db,
    `SELECT agent.kind, agent.name, agent.detail
     FROM activity JOIN agent ON agent.id IN (activity.softwareId, activity.personId)
     WHERE activity.id = ? ORDER BY agent.id`,
    id,
  )
}
