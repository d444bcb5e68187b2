import { relative, sep } from 'node:path'
import type { PlaneId } from '#core/brand.ts'
import { choosePlanes } from '#core/prepare/choose-planes.ts'
import { nucleusChannel } from '#core/prepare/channel-roles.ts'
import { NUCLEI_FLUORESCENCE, Recipe } from '#core/recipe.ts'
import { generatedBy, type EntityRow } from '../store/activities.ts'
import { first, type ReadableDb } from '../store/db.ts'
import { faultsOf } from '../store/faults.ts'
import { currentPlanes, fieldsOf, type FieldRow, type PlaneRow } from '../store/fields.ts'
import { latestFieldObjects } from '../store/objects.ts'
import type { AcquisitionRow } from '../store/plates.ts'
import { latestVerdicts, type VerdictWord } from '../store/verdicts.ts'
import type { Json } from '#core/canonical.ts'

/** A field with the newest of everything that is known about it. */
export interface ExportedField {
  readonly acquisition: AcquisitionRow
  readonly field: FieldRow
  /** One plane a channel: the one that was analysed, or would be; the segmented channel first. */
  readonly channels: readonly ExportedPlane[]
  readonly objects: {
    readonly count: number
    readonly labels: EntityRow
    readonly table: EntityRow
  } | null
}

export interface ExportedPlane {
  readonly plane: PlaneRow
  /** Path inside the acquisition's folder, with forward slashes. */
  readonly path: string
  /** Null where the plane could not be read. */
  readonly verdict: VerdictWord | null
  readonly reasons: readonly string[]
  readonly metrics: Readonly<Record<string, number | null>>
}

/** The fields of an imaging run in the order of their names. */
export function exportedFields(
  db: ReadableDb,
  acquisition: AcquisitionRow,
): readonly ExportedField[] {
  const planes = Map.groupBy(currentPlanes(db, acquisition.id), ({ fieldId }) => fieldId)
  const objects = new Map(
    latestFieldObjects(db, acquisition.id, null).map(row => [row.fieldId, row]),
  )
  const judged = judgedPlanes(db, acquisition)
  const recipe = latestRecipe(db)
  const segmented = nucleusChannel(JSON.parse(acquisition.channels) as string[], recipe.channels)
  return fieldsOf(db, acquisition.id).map(field => {
    const own = (planes.get(field.id) ?? []).map(plane => exportedPlane(acquisition, plane, judged))
    const row = objects.get(field.id)
    const analysed = row === undefined ? null : (JSON.parse(row.planes) as { planeId: PlaneId }[])
    const chosen =
      analysed === null
        ? wouldBeAnalysed(own, segmented, recipe)
        : analysed.flatMap(({ planeId }) => own.filter(({ plane }) => plane.id === planeId))
    const rest = own.filter(
      ({ plane }) => !chosen.some(other => other.plane.channel === plane.channel),
    )
    const channels = [...chosen, ...firstOfEach(rest)]
    return {
      acquisition,
      field,
      channels,
      objects: row === undefined ? null : { count: row.count, ...artifactsOf(db, row.activityId) },
    }
  })
}

/** What is wrong with a field's planes, for `Metadata_QCFlag`: a failed or unreadable plane fails the field. */
export function fieldFlag(field: ExportedField): { failed: boolean; reasons: readonly string[] } {
  const failed = field.channels.filter(({ verdict }) => verdict === 'fail' || verdict === null)
  const reasons = field.channels.flatMap(({ plane, reasons: why }) =>
    why.map(reason => `${plane.channel}:${reason}`),
  )
  return { failed: failed.length > 0, reasons }
}

type Judged = ReadonlyMap<PlaneId, Pick<ExportedPlane, 'verdict' | 'reasons' | 'metrics'>>

function judgedPlanes(db: ReadableDb, acquisition: AcquisitionRow): Judged {
  const judged = new Map<PlaneId, Pick<ExportedPlane, 'verdict' | 'reasons' | 'metrics'>>()
  for (const { planeId, kind } of faultsOf(db, acquisition.id)) {
    if (planeId !== null) judged.set(planeId, { verdict: null, reasons: [kind], metrics: {} })
  }
  for (const { planeId, verdict, reasons, metrics } of latestVerdicts(db, acquisition.id, null)) {
    judged.set(planeId, {
      verdict,
      reasons: JSON.parse(reasons) as string[],
      metrics: JSON.parse(metrics) as Record<string, number | null>,
    })
  }
  return judged
}

function exportedPlane({ folder }: AcquisitionRow, plane: PlaneRow, judged: Judged): ExportedPlane {
  const path = relative(folder, plane.path).split(sep).join('/')
  const known = judged.get(plane.id) ?? { verdict: null, reasons: [], metrics: {} }
  return { plane, path, ...known }
}

function wouldBeAnalysed(
  planes: readonly ExportedPlane[],
  segmented: string | null,
  recipe: Recipe,
): readonly ExportedPlane[] {
  const candidates = planes.map(({ plane, metrics }) => ({
    channel: plane.channel,
    z: plane.z,
    projection: plane.projection === 1,
    sharpness: metrics['laplacian_variance'] ?? null,
  }))
  return choosePlanes
    .run({ candidates, segmented: segmented ?? '' }, recipe.prepare)
    .map(place => planes[place]!)
}

function firstOfEach(planes: readonly ExportedPlane[]): readonly ExportedPlane[] {
  return planes.filter(
    ({ plane }, i) => planes.findIndex(other => other.plane.channel === plane.channel) === i,
  )
}

function artifactsOf(db: ReadableDb, activityId: string): { labels: EntityRow; table: EntityRow } {
  const made = generatedBy(db, activityId as never)
  const labels = made.find(({ role }) => role === 'labels')
  const table = made.find(({ role }) => role === 'objects')
  if (labels === undefined || table === undefined) {
    throw new Error(`Activity ${activityId} lacks an artifact`)
  }
  return { labels, table }
}

/** The recipe that was used last. */
function latestRecipe(db: ReadableDb): Recipe {
  const row = first<{ document: string }>(
    db,
    `SELECT document FROM recipe JOIN activity ON activity.recipeHash = recipe.hash
     ORDER BY activity.sequence DESC LIMIT 1`,
  )
  return row === undefined ? NUCLEI_FLUORESCENCE : Recipe.parse(JSON.parse(row.document) as Json)
}
