import type { RecordId, Sha256 } from '#core/brand.ts'
import { canonicalJson, type Json } from '#core/canonical.ts'
import type { Fault, Result } from '#core/fault.ts'
import { recipeHash, recipeText, type Recipe } from '#core/recipe.ts'
import type {
  AggregationReply,
  AnalysisOutcome,
  FieldAnalysis,
  FieldPrediction,
  FileRead,
  NetworkFile,
  PlaneOutcome,
  Served,
} from '../analysis/job.ts'
import { AGGREGATION_STAGES, analysisStages, JUDGING_STAGES } from '../analysis/stages.ts'
import {
  insertActivity,
  insertGenerated,
  insertInformed,
  insertUsed,
  type ActivityRow,
  type EntityRow,
} from '../store/activities.ts'
import { transaction, type WritableDb } from '../store/db.ts'
import { appendFault, passingFaultIsKnown, type FaultRow } from '../store/faults.ts'
import type { FieldRow, PlaneRow } from '../store/fields.ts'
import { appendFieldObjects, appendSummary } from '../store/objects.ts'
import { appendPrediction } from '../store/predictions.ts'
import type { AcquisitionRow } from '../store/plates.ts'
import { keepRecipe } from '../store/recipes.ts'
import { appendVerdict } from '../store/verdicts.ts'
import type { StageName } from './activity-id.ts'
import type { Agents } from './agents.ts'
import { appendAudit } from './audit-trail.ts'
import { kinRecipes, type KinRecipes } from './kin-recipes.ts'
import { faultDigest, judgementDigest, summaryDigest } from './output-digest.ts'
import { sealOf } from './seal.ts'

/** Writes down what was done. Everything about one field is committed together or not at all. */
export interface Recorder {
  readonly recipe: Recipe
  readonly recipeHash: Sha256
  /** Those that the recipe names, once they are made ready; none before. */
  readonly networks: readonly NetworkFile[]
  readonly kin: KinRecipes
  /** The agent that this version of the application is. */
  readonly softwareId: number
  recordField(done: FieldDone): void
  recordAggregation(done: AggregationDone): void
}

/** `informedBy` names the earlier activity whose result was taken up; null where the raw files were read. */
export interface FieldDone {
  readonly acquisition: AcquisitionRow
  readonly field: FieldRow
  readonly planes: readonly {
    readonly id: RecordId
    readonly plane: PlaneRow
    readonly outcome: PlaneOutcome
    readonly informedBy: RecordId | null
  }[]
  readonly analysis: {
    readonly id: RecordId
    readonly path: string
    readonly outcome: AnalysisOutcome
    readonly informedBy: RecordId | null
  } | null
}

export interface AggregationDone {
  readonly acquisition: AcquisitionRow
  readonly id: RecordId
  /** The analyses that were summarised, with their object tables. */
  readonly analyses: readonly { readonly id: RecordId; readonly table: EntityRow }[]
  readonly reply: AggregationReply
}

/** Faults that another try may not meet again; they are noted, but do not count as done. */
const PASSING: ReadonlySet<Fault['kind']> = new Set([
  'file-not-found',
  'file-locked',
  'file-changed',
  'worker-lost',
  'disk-full',
  'model-not-found',
  'model-not-usable',
  'inference-failed',
])

/** The columns of an activity that are its own before it is known what it gave. */
type OwnColumns = Pick<ActivityRow, 'id' | 'kind' | 'startedAt' | 'endedAt'> &
  Partial<Pick<ActivityRow, 'planeId' | 'fieldId' | 'acquisitionId'>>

/** Something that was done in a worker, and how to write down what it gave. */
interface Deed<T> {
  readonly own: OwnColumns
  readonly stages: readonly StageName[]
  readonly served: Served | null
  /** Where a fault belongs. */
  readonly about: Pick<FaultRow, 'acquisitionId' | 'planeId' | 'path'>
  readonly files: readonly FileRead[]
  readonly informedBy: RecordId | null
  readonly networks: readonly NetworkFile[]
  readonly result: Result<T>
  readonly digest: (value: T) => Sha256
  readonly keep: (value: T) => void
}

export function createRecorder(
  db: WritableDb,
  agents: Agents,
  recipe: Recipe,
  now: () => Date,
  networks: readonly NetworkFile[] = [],
): Recorder {
  const hash = recipeHash(recipe)
  transaction(db, () => keepRecipe(db, hash, recipe.name, recipeText(recipe)))
  const kin = kinRecipes(db, recipe)

  /** The columns that every activity of this process and recipe shares. */
  function activity(
    own: OwnColumns & Pick<ActivityRow, 'outcome' | 'digest'>,
    stages: readonly StageName[],
    served: Served | null,
  ): ActivityRow {
    return {
      planeId: null,
      fieldId: null,
      acquisitionId: null,
      ...own,
      recipeHash: hash,
      stages: canonicalJson(stages.map(({ id, version }) => ({ id, version }))),
      model: served === null ? null : canonicalJson(modelOf(served)),
      provider: served?.provider ?? 'cpu',
      threads: served?.threads ?? 1,
      seed: recipe.seed,
      softwareId: agents.softwareId,
      personId: agents.personId,
      machine: agents.machine,
    }
  }

  function seal(id: RecordId): void {
    appendAudit(db, agents, now(), {
      action: 'record',
      entity: 'activity',
      entityId: id,
      new: { seal: sealOf(db, id) },
    })
  }

  /** Writes down one activity: what it gave, or the fault that it met. */
  function recordDeed<T>(deed: Deed<T>): void {
    const { about, result } = deed
    const digest = result.ok ? deed.digest(result.value) : faultDigest(result.fault)
    const outcome = result.ok ? 'done' : 'fault'
    const row = activity({ ...deed.own, outcome, digest }, deed.stages, deed.served)
    const counts = result.ok || !PASSING.has(result.fault.kind)
    if (counts) {
      insertActivity(db, row)
      for (const file of deed.files) insertUsed(db, row.id, fileEntity(file))
      for (const network of deed.networks) insertUsed(db, row.id, weightsEntity(network))
      if (deed.informedBy !== null) insertInformed(db, row.id, deed.informedBy)
    }
    if (result.ok) deed.keep(result.value)
    else {
      const fault = {
        ...about,
        activityId: counts ? row.id : null,
        kind: result.fault.kind,
        fault: canonicalJson(result.fault as unknown as Json),
        at: row.endedAt,
      }
      // What is tried again for weeks and fails in the same way is noted once.
      if (counts || !passingFaultIsKnown(db, fault)) appendFault(db, fault)
    }
    if (counts) seal(row.id)
  }

  function recordPlane(
    { acquisition }: FieldDone,
    { id, plane, outcome, informedBy }: FieldDone['planes'][number],
  ): void {
    const { result, startedAt, endedAt, file } = outcome
    recordDeed({
      own: { id, kind: 'quality', planeId: plane.id, startedAt, endedAt },
      stages: JUDGING_STAGES,
      served: null,
      networks: [],
      about: { acquisitionId: acquisition.id, planeId: plane.id, path: plane.path },
      files: file === null ? [] : [file],
      informedBy,
      result,
      digest: judgementDigest,
      keep: ({ verdict, reasons, image, metrics }) =>
        appendVerdict(db, {
          activityId: id,
          planeId: plane.id,
          verdict,
          reasons: canonicalJson(reasons),
          image: canonicalJson(image),
          metrics: canonicalJson(metrics),
        }),
    })
  }

  function recordAnalysis(
    { acquisition, field }: FieldDone,
    { id, path, outcome, informedBy }: NonNullable<FieldDone['analysis']>,
  ): void {
    const { result, startedAt, endedAt, files } = outcome
    recordDeed({
      own: { id, kind: 'analysis', fieldId: field.id, startedAt, endedAt },
      stages: analysisStages(recipe),
      served: result.ok ? (result.value.prediction?.served ?? null) : null,
      networks,
      about: { acquisitionId: acquisition.id, planeId: null, path },
      files,
      informedBy,
      result,
      digest: ({ digest }) => digest,
      keep: analysis => recordObjects(field, id, analysis),
    })
  }

  function recordObjects(field: FieldRow, id: RecordId, analysis: FieldAnalysis): void {
    const { planes, count, diameter, measures, artifacts, prediction } = analysis
    for (const [role, artifact] of Object.entries(artifacts)) {
      insertGenerated(db, id, { kind: 'artifact', role, ...artifact })
    }
    appendFieldObjects(db, {
      activityId: id,
      fieldId: field.id,
      planes: canonicalJson(planes.map(({ key, ...plane }) => ({ ...plane, planeId: key }))),
      count,
      diameter,
      measures: canonicalJson(measures as unknown as Json),
    })
    if (prediction !== null) recordPrediction(field, id, prediction)
  }

  function recordPrediction(field: FieldRow, id: RecordId, prediction: FieldPrediction): void {
    const { uncertainty, novelty, decision, reasons, maps } = prediction
    for (const { kind, artifact } of maps) {
      insertGenerated(db, id, { kind: 'artifact', role: `map.${kind}`, ...artifact })
    }
    appendPrediction(db, {
      activityId: id,
      fieldId: field.id,
      decision,
      reasons: canonicalJson(reasons),
      uncertainty,
      novelty,
      details: canonicalJson(detailsOf(prediction)),
    })
  }

  return {
    recipe,
    recipeHash: hash,
    networks,
    kin,
    softwareId: agents.softwareId,

    recordField(done) {
      transaction(db, () => {
        for (const plane of done.planes) recordPlane(done, plane)
        if (done.analysis !== null) recordAnalysis(done, done.analysis)
      })
    },

    recordAggregation({ acquisition, id, analyses, reply }) {
      const { summaries, startedAt, endedAt } = reply
      transaction(db, () => {
        const digest = summaryDigest(summaries)
        const own = { id, kind: 'aggregation', acquisitionId: acquisition.id } as const
        const times = { startedAt, endedAt, outcome: 'done', digest } as const
        insertActivity(db, activity({ ...own, ...times }, AGGREGATION_STAGES, null))
        for (const analysis of analyses) {
          insertUsed(db, id, analysis.table)
          insertInformed(db, id, analysis.id)
        }
        for (const { well, fields, count, measures } of summaries) {
          const text = canonicalJson(measures as unknown as Json)
          appendSummary(db, { activityId: id, well, fields, count, measures: text })
        }
        seal(id)
      })
    },
  }
}

/** What `PredictionDetails` reads; of records without classes nothing is said of them. */
function detailsOf({ components, passes, factor, classes }: FieldPrediction): Json {
  const details = { components, passes, factor, ...(classes !== null && { classes }) }
  return details as unknown as Json
}

/** What a record says of the networks beside its provider and threads. */
function modelOf({ networks, runtime, fellBack }: Served): Json {
  return { networks: networks as unknown as Json, runtime, fellBack }
}

function weightsEntity({ weights: { sha256, bytes } }: NetworkFile): EntityRow {
  const location = `${sha256.slice(0, 2)}/${sha256}.onnx`
  return { kind: 'artifact', location, sha256, bytes }
}

function fileEntity({ path, sha256, bytes }: FileRead): EntityRow {
  return { kind: 'file', location: path, sha256, bytes }
}
