import type { Sha256 } from '#core/brand.ts'
import type { ReadableDb } from '#workstation/store/db.ts'
import { openStoreReader } from '#workstation/store/open-store.ts'
import { valueOf } from './value-of.ts'

/** What must be the same in two stores that went through the same work; times and row ids are left out. */
const CONTENTS = {
  plates: 'SELECT name, uniqueId FROM plate ORDER BY name, uniqueId',
  acquisitions:
    'SELECT number, folder, instrument, namedBy, expected, channels FROM acquisition ORDER BY folder',
  fields: 'SELECT name, well, site, t FROM field ORDER BY name',
  planes: `SELECT field.name, channel, z, projection, page, path, bytes
           FROM plane JOIN field ON field.id = fieldId JOIN file ON file.id = fileId
           ORDER BY path, page`,
  recipes: 'SELECT hash, document FROM recipe ORDER BY hash',
  activities: `SELECT id, kind, recipeHash, stages, provider, seed, outcome, digest
               FROM activity ORDER BY id`,
  verdicts: 'SELECT activityId, verdict, reasons, image, metrics FROM verdict ORDER BY activityId',
  faults: 'SELECT activityId, path, kind, fault FROM fault ORDER BY path, kind',
  objects: 'SELECT activityId, count, diameter, measures FROM fieldObjects ORDER BY activityId',
  predictions: `SELECT activityId, decision, reasons, uncertainty, novelty, details
                FROM prediction ORDER BY activityId`,
  summaries:
    'SELECT activityId, well, fields, count, measures FROM summary ORDER BY activityId, well',
  entities: 'SELECT kind, location, sha256, bytes FROM entity ORDER BY location, sha256',
  used: `SELECT activityId, location FROM used JOIN entity ON entity.id = entityId
         ORDER BY activityId, location`,
  generated: `SELECT activityId, role, location FROM generated JOIN entity ON entity.id = entityId
              ORDER BY activityId, role`,
} as const

export function storeContents(folder: string): Record<keyof typeof CONTENTS, unknown[]> {
  const store = valueOf(openStoreReader(folder))
  const db: ReadableDb = store.db
  const rows = Object.entries(CONTENTS).map(([name, sql]) => [name, db.prepare(sql).all()])
  store.close()
  return Object.fromEntries(rows) as Record<keyof typeof CONTENTS, unknown[]>
}

/** Of these contents what was recorded by one recipe. */
export function recordsBy(folder: string, recipeHash: Sha256) {
  const { activities, verdicts, faults, objects, summaries, used, generated } =
    storeContents(folder)
  const own = (activities as { id: string; recipeHash: string }[]).filter(
    activity => activity.recipeHash === recipeHash,
  )
  const ids = new Set(own.map(({ id }) => id))
  const of = (rows: unknown[]): unknown[] =>
    (rows as { activityId: string }[]).filter(({ activityId }) => ids.has(activityId))
  return {
    activities: own,
    verdicts: of(verdicts),
    faults: of(faults),
    objects: of(objects),
    summaries: of(summaries),
    used: of(used),
    generated: of(generated),
  }
}
