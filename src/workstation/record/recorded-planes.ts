import { nucleusChannel } from '#core/prepare/channel-roles.ts'
import type { Recipe } from '#core/recipe.ts'
import type { AnalysisRequest, PlaneSource } from '../analysis/job.ts'
import { recordedNetworks } from '../inference/ready-networks.ts'
import type { ActivityRow } from '../store/activities.ts'
import { first, type ReadableDb } from '../store/db.ts'
import { currentPlanesOfField, type FieldRow, type PlaneRow } from '../store/fields.ts'
import { analysedPlanes, fieldObjectsOf } from '../store/objects.ts'
import type { StoreReader } from '../store/open-store.ts'
import type { AcquisitionRow } from '../store/plates.ts'
import { latestVerdictsOfField } from '../store/verdicts.ts'
import { analysisId, type StageName } from './activity-id.ts'

/** In which planes objects are to be looked for again. */
type PlanesToAnalyse = Pick<AnalysisRequest, 'segmented' | 'candidates'>

/**
 * Just the planes that were analysed then, with the pixel size that networks were told then. Where a fault was met it
 * is not written down which they were: those that count and have a verdict.
 */
export function recordedPlanes(
  db: ReadableDb,
  activity: ActivityRow,
  recipe: Recipe,
): PlanesToAnalyse {
  const objects = fieldObjectsOf(db, activity.id)
  if (objects === undefined) {
    const { planes, segmented } = planesOfFault(db, activity, recipe)
    return { segmented, candidates: planes.map(({ id }) => planeSource(db, id)) }
  }
  const candidates = analysedPlanes(objects).map(({ planeId, pixelSize = null }) => {
    return { ...planeSource(db, planeId), pixelSize }
  })
  return { segmented: candidates[0]?.channel ?? '', candidates }
}

/** A plane as a worker is asked for it, with the pixel size that its index says now. */
export function planeSource(db: ReadableDb, planeId: number): PlaneSource {
  const row = first<Omit<PlaneSource, 'projection' | 'sharpness'> & { projection: 0 | 1 }>(
    db,
    `SELECT plane.id AS key, path, page, channel, z, projection, pixelSize
     FROM plane JOIN file ON file.id = fileId
     LEFT JOIN planeFacts ON planeFacts.planeId = plane.id WHERE plane.id = ?`,
    planeId,
  )!
  return { ...row, projection: row.projection === 1, sharpness: null }
}

/** Whether a record is about planes of which newer versions came, or others were added: their bytes may be gone. */
export function isSuperseded(store: StoreReader, activity: ActivityRow, recipe: Recipe): boolean {
  const { db } = store
  const { id, kind, planeId } = activity
  if (kind === 'quality') {
    return first(db, 'SELECT 1 FROM currentPlane WHERE id = ?', planeId) === undefined
  }
  // Aggregations stand for ever: they are made of artifacts.
  if (kind === 'aggregation') return false
  if (activity.outcome === 'fault') return isOfOtherPlanes(store, activity, recipe)
  const sql = 'SELECT 1 FROM currentFieldObjects WHERE activityId = ?'
  return first(db, sql, id) === undefined
}

/** Whether a fault was met in other planes than would be analysed today: its identity tells. */
function isOfOtherPlanes(store: StoreReader, activity: ActivityRow, recipe: Recipe): boolean {
  const networks = recordedNetworks(store, recipe)
  if (!networks.ok) return false
  const { run, field, planes, segmented } = planesOfFault(store.db, activity, recipe)
  const today = analysisId(run, field, planes, segmented, {
    recipeHash: activity.recipeHash,
    stages: JSON.parse(activity.stages) as StageName[],
    networks: networks.value.map(({ weights }) => weights.sha256),
  })
  return today !== activity.id
}

function planesOfFault(
  db: ReadableDb,
  { fieldId, recipeHash }: ActivityRow,
  recipe: Recipe,
): {
  readonly run: AcquisitionRow
  readonly field: FieldRow
  readonly planes: readonly PlaneRow[]
  readonly segmented: string
} {
  const field = first<FieldRow>(db, 'SELECT * FROM field WHERE id = ?', fieldId)!
  const run = first<AcquisitionRow>(
    db,
    `SELECT acquisition.*, plate.name AS plate, uniqueId
     FROM acquisition JOIN plate ON plate.id = plateId WHERE acquisition.id = ?`,
    field.acquisitionId,
  )!
  const judged = new Set(
    latestVerdictsOfField(db, field.id, recipeHash).map(({ planeId }) => planeId),
  )
  const planes = currentPlanesOfField(db, field.id).filter(({ id }) => judged.has(id))
  const segmented = nucleusChannel(JSON.parse(run.channels) as string[], recipe.channels) ?? ''
  return { run, field, planes, segmented }
}
