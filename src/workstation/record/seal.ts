import type { RecordId, Sha256 } from '#core/brand.ts'
import type { Json } from '#core/canonical.ts'
import { generatedBy, informedBy, usedBy } from '../store/activities.ts'
import { first, type ReadableDb } from '../store/db.ts'
import { faultOf } from '../store/faults.ts'
import { fieldObjectsOf, summariesOf } from '../store/objects.ts'
import { verdictOf } from '../store/verdicts.ts'
import { digestOf } from './digest.ts'

/** SHA-256 over every row that an activity consists of, as they are in the database now. */
export function sealOf(db: ReadableDb, id: RecordId): Sha256 {
  const activity = first<Record<string, Json>>(db, 'SELECT * FROM activity WHERE id = ?', id)
  const rows = {
    activity: activity ?? null,
    used: usedBy(db, id),
    generated: generatedBy(db, id),
    informed: informedBy(db, id),
    verdict: verdictOf(db, id) ?? null,
    fault: faultOf(db, id) ?? null,
    objects: fieldObjectsOf(db, id) ?? null,
    summaries: summariesOf(db, id),
  }
  return digestOf(rows as unknown as Json)
}
