import { relative, sep } from 'node:path'
import type { PlaneId, PlateId, Sha256 } from '#core/brand.ts'
import { choosePlanes } from '#core/prepare/choose-planes.ts'
import { nucleusChannel } from '#core/prepare/channel-roles.ts'
import { Recipe } from '#core/recipe.ts'
import { artifactOf, type EntityRow } from '../store/activities.ts'
import type { ReadableDb } from '../store/db.ts'
import { faultsOf } from '../store/faults.ts'
import { currentPlanes, fieldsOf, type FieldRow, type PlaneRow } from '../store/fields.ts'
import { lastRecipeOf } from '../store/audit.ts'
import { analysedPlanes, latestFieldObjects } from '../store/objects.ts'
import type { AcquisitionRow } from '../store/plates.ts'
import { predictionOf, type PredictionRow } from '../store/predictions.ts'
import { recipeDocument } from '../store/recipes.ts'
import { supersededPlanes } from '../store/standing.ts'
import { latestVerdicts, type VerdictWord } from '../store/verdicts.ts'

/** A field with the newest of everything that is known about it. */
export interface ExportedField {
  readonly acquisition: AcquisitionRow
  /** The plate's name; with its folder where two plates of the store share a name. */
  readonly plate: string
  readonly field: FieldRow
  /**
   * One plane a channel: the one that was analysed, or would be; the segmented channel first. The sharpest stands for those
   * that were projected.
   */
  readonly channels: readonly ExportedPlane[]
  /** How many planes of each channel were projected to one; channels of which none were are left out. */
  readonly projected: ReadonlyMap<string, number>
  /** Channels that other fields of the run have and this one lacks. */
  readonly missing: readonly string[]
  /** Whether the place of one of these planes was taken: by a later imaging run, or by what the image was identified as. */
  readonly superseded: boolean
  readonly objects: {
    readonly count: number
    readonly labels: EntityRow
    readonly table: EntityRow
    /** What networks said of them; null where none was asked. */
    readonly prediction: PredictionRow | null
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
  plate: string,
): readonly ExportedField[] {
  const recipeHash = lastRecipeOf(db, acquisition.id)
  if (recipeHash === null) return []
  const recipe = Recipe.parse(JSON.parse(recipeDocument(db, recipeHash)!))
  const everyPlane = currentPlanes(db, acquisition.id)
  const planes = Map.groupBy(everyPlane, ({ fieldId }) => fieldId)
  const objects = new Map(
    latestFieldObjects(db, acquisition.id, recipeHash).map(row => [row.fieldId, row]),
  )
  const judged = judgedPlanes(db, acquisition, recipeHash)
  const promised = [...new Set(everyPlane.map(({ channel }) => channel))]
  const superseded = supersededPlanes(db, acquisition.id)
  const segmented = nucleusChannel(JSON.parse(acquisition.channels) as string[], recipe.channels)
  return fieldsOf(db, acquisition.id).map(field => {
    const own = (planes.get(field.id) ?? []).map(plane => exportedPlane(acquisition, plane, judged))
    const row = objects.get(field.id)
    const analysed = row === undefined ? null : analysedPlanes(row)
    const chosen =
      analysed === null
        ? wouldBeAnalysed(own, segmented, recipe)
        : analysed.flatMap(({ planeId }) => own.filter(({ plane }) => plane.id === planeId))
    const channels = firstOfEach([...chosen, ...own])
    const present = new Set(own.map(exported => exported.plane.channel))
    return {
      acquisition,
      plate,
      field,
      channels,
      missing: promised.filter(channel => !present.has(channel)),
      projected: severalOf(chosen),
      superseded: [...chosen, ...channels].some(({ plane }) => superseded.has(plane.id)),
      objects:
        row === undefined
          ? null
          : {
              count: row.count,
              labels: artifactOf(db, row.activityId, 'labels'),
              table: artifactOf(db, row.activityId, 'objects'),
              prediction: predictionOf(db, row.activityId) ?? null,
            },
    }
  })
}

/** What is wrong with a field, for `Metadata_QCFlag`: a failed, unreadable or missing plane fails it. */
export function fieldFlag(field: ExportedField): { failed: boolean; reasons: readonly string[] } {
  const failed = field.channels.filter(({ verdict }) => verdict === 'fail' || verdict === null)
  const reasons = field.channels.flatMap(({ plane, reasons: why }) =>
    why.map(reason => `${plane.channel}:${reason}`),
  )
  const missing = field.missing.map(channel => `${channel}:missing`)
  const isFailed = failed.length > 0 || missing.length > 0
  return { failed: isFailed, reasons: [...reasons, ...missing] }
}

type Judged = ReadonlyMap<PlaneId, Pick<ExportedPlane, 'verdict' | 'reasons' | 'metrics'>>

function judgedPlanes(db: ReadableDb, acquisition: AcquisitionRow, recipeHash: Sha256): Judged {
  const judged = new Map<PlaneId, Pick<ExportedPlane, 'verdict' | 'reasons' | 'metrics'>>()
  for (const { planeId, kind } of faultsOf(db, acquisition.id)) {
    if (planeId !== null) judged.set(planeId, { verdict: null, reasons: [kind], metrics: {} })
  }
  for (const { planeId, verdict, reasons, metrics } of latestVerdicts(
    db,
    acquisition.id,
    recipeHash,
  )) {
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

function severalOf(chosen: readonly ExportedPlane[]): ReadonlyMap<string, number> {
  const stacks = Map.groupBy(chosen, ({ plane }) => plane.channel)
  const several = [...stacks].filter(([, stack]) => stack.length > 1)
  return new Map(several.map(([channel, stack]) => [channel, stack.length]))
}

/** What to call each plate: its name, and its folder too where another plate has the same name. */
export function plateLabels(acquisitions: readonly AcquisitionRow[]): ReadonlyMap<PlateId, string> {
  const plates = new Map(acquisitions.map(run => [run.plateId, run]))
  const bearers = Map.groupBy(plates.values(), ({ plate }) => plate)
  return new Map(
    [...plates].map(([id, { plate, folder }]) => [
      id,
      bearers.get(plate)!.length === 1 ? plate : `${plate} (${folder})`,
    ]),
  )
}
