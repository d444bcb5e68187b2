import { z } from 'zod'
import type { Sha256 } from '#core/brand.ts'
import { FieldClasses } from '#core/infer/field-classes.ts'
import type { FieldPrediction, MapKind, Served } from '../analysis/job.ts'
import { generatedBy, type ActivityRow } from '../store/activities.ts'
import type { ReadableDb } from '../store/db.ts'
import { predictionOf } from '../store/predictions.ts'

/** What `activity.model` holds. */
const Model = z.object({
  networks: z.array(
    z.object({ id: z.string(), version: z.string(), weights: z.custom<Sha256>(isText) }),
  ),
  runtime: z.string(),
  fellBack: z.string().nullable(),
})

/** What `prediction.details` holds. */
export const PredictionDetails = z.object({
  components: z.record(z.string(), z.number()),
  passes: z.number(),
  factor: z.number(),
  classes: FieldClasses.nullable().default(null),
})

/** What ran the networks of an activity; null where it asked none. */
export function servedIn({ model, provider, threads }: ActivityRow): Served | null {
  return model === null ? null : { ...Model.parse(JSON.parse(model)), provider, threads }
}

/** What networks said in an activity; null where it asked none. */
export function recordedPrediction(db: ReadableDb, activity: ActivityRow): FieldPrediction | null {
  const row = predictionOf(db, activity.id)
  const served = servedIn(activity)
  if (row === undefined || served === null) return null
  const { uncertainty, novelty, decision } = row
  const reasons = z.array(z.string()).parse(JSON.parse(row.reasons))
  const maps = generatedBy(db, activity.id)
    .filter(({ role }) => role.startsWith('map.'))
    .map(({ role, sha256, bytes, location }) => ({
      kind: role.slice('map.'.length) as MapKind,
      artifact: { sha256, bytes, location },
    }))
  const details = PredictionDetails.parse(JSON.parse(row.details))
  return { served, uncertainty, novelty, decision, reasons, maps, ...details }
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}
