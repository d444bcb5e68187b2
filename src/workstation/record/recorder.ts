import type { RecordId, Sha256 } from '#core/brand.ts'
import { canonicalJson, type Json } from '#core/canonical.ts'
import type { Fault } from '#core/fault.ts'
import { recipeHash, recipeText, type Recipe } from '#core/recipe.ts'
import type {
  AggregationReply,
  AnalysisOutcome,
  FieldAnalysis,
  PlaneOutcome,
} from '../analysis/job.ts'
import { ANALYSIS_STAGES, AGGREGATION_STAGES, JUDGING_STAGES } from '../analysis/stages.ts'
import {
  insertActivity,
  insertGenerated,
  insertInformed,
  insertUsed,
  type ActivityRow,
  type EntityRow,
} from '../store/activities.ts'
import { transaction, type WritableDb } from '../store/db.ts'
import { appendFault } from '../store/faults.ts'
import type { FieldRow, PlaneRow } from '../store/fields.ts'
import { appendFieldObjects, appendSummary } from '../store/objects.ts'
import type { AcquisitionRow } from '../store/plates.ts'
import { keepRecipe } from '../store/recipes.ts'
import { appendVerdict } from '../store/verdicts.ts'
import type { StageName } from './activity-id.ts'
import type { Agents } from './agents.ts'
import { appendAudit } from './audit-trail.ts'
import { analysisDigest, faultDigest, judgementDigest, summaryDigest } from './output-digest.ts'
import { sealOf } from './seal.ts'

/** Writes down what was done. Everything about one field is committed together or not at all. */
export interface Recorder {
  readonly recipe: Recipe
  readonly recipeHash: Sha256
  recordField(done: FieldDone): void
  recordAggregation(done: AggregationDone): void
}

export interface FieldDone {
  readonly acquisition: AcquisitionRow
  readonly field: FieldRow
  readonly planes: readonly {
    readonly id: RecordId
    readonly plane: PlaneRow
    readonly outcome: PlaneOutcome
  }[]
  readonly analysis: {
    readonly id: RecordId
    readonly path: string
    readonly outcome: AnalysisOutcome
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
])

export function createRecorder(
  db: WritableDb,
  agents: Agents,
  recipe: Recipe,
  now: () => Date,
): Recorder {
  const hash = recipeHash(recipe)
  transaction(db, () => keepRecipe(db, hash, recipe.name, recipeText(recipe)))

  /** The columns that every activity of this process and recipe shares. */
  function activity(
    own: Pick<ActivityRow, 'id' | 'kind' | 'startedAt' | 'endedAt' | 'outcome' | 'digest'> &
      Partial<Pick<ActivityRow, 'planeId' | 'fieldId' | 'acquisitionId'>>,
    stages: readonly StageName[],
  ): ActivityRow {
    return {
      planeId: null,
      fieldId: null,
      acquisitionId: null,
      ...own,
      recipeHash: hash,
      stages: canonicalJson(stages.map(({ id, version }) => ({ id, version }))),
      model: null,
      provider: 'cpu',
      threads: 1,
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

  function recordFault(
    acquisition: AcquisitionRow,
    plane: PlaneRow | null,
    path: string,
    fault: Fault,
    row: ActivityRow,
    used: readonly EntityRow[],
  ): void {
    const done = !PASSING.has(fault.kind)
    if (done) {
      insertActivity(db, row)
      for (const entity of used) insertUsed(db, row.id, entity)
    }
    appendFault(db, {
      acquisitionId: acquisition.id,
      activityId: done ? row.id : null,
      planeId: plane?.id ?? null,
      path,
      kind: fault.kind,
      fault: canonicalJson(fault as unknown as Json),
      at: row.endedAt,
    })
    if (done) seal(row.id)
  }

  function recordPlane(done: FieldDone, { id, plane, outcome }: FieldDone['planes'][number]): void {
    const { result, startedAt, endedAt, file } = outcome
    const used = file === null ? [] : [fileEntity(file)]
    const own = { id, kind: 'quality', planeId: plane.id, startedAt, endedAt } as const
    if (!result.ok) {
      const digest = faultDigest(result.fault)
      const row = activity({ ...own, outcome: 'fault', digest }, JUDGING_STAGES)
      recordFault(done.acquisition, plane, plane.path, result.fault, row, used)
      return
    }
    const { verdict, reasons, image, metrics } = result.value
    const digest = judgementDigest(result.value)
    insertActivity(db, activity({ ...own, outcome: 'done', digest }, JUDGING_STAGES))
    for (const entity of used) insertUsed(db, id, entity)
    appendVerdict(db, {
      activityId: id,
      planeId: plane.id,
      verdict,
      reasons: canonicalJson(reasons),
      image: canonicalJson(image),
      metrics: canonicalJson(metrics),
    })
    seal(id)
  }

  function recordAnalysis(done: FieldDone, analysis: NonNullable<FieldDone['analysis']>): void {
    const { id, path, outcome } = analysis
    const { result, startedAt, endedAt } = outcome
    const used = outcome.files.map(fileEntity)
    const own = { id, kind: 'analysis', fieldId: done.field.id, startedAt, endedAt } as const
    if (!result.ok) {
      const digest = faultDigest(result.fault)
      const row = activity({ ...own, outcome: 'fault', digest }, ANALYSIS_STAGES)
      recordFault(done.acquisition, null, path, result.fault, row, used)
      return
    }
    const digest = analysisDigest(result.value)
    insertActivity(db, activity({ ...own, outcome: 'done', digest }, ANALYSIS_STAGES))
    for (const entity of used) insertUsed(db, id, entity)
    recordObjects(done.field, id, result.value)
    seal(id)
  }

  function recordObjects(field: FieldRow, id: RecordId, analysis: FieldAnalysis): void {
    const { planes, count, diameter, measures, artifacts } = analysis
    for (const [role, artifact] of Object.entries(artifacts)) {
      insertGenerated(db, id, { kind: 'artifact', role, ...artifact })
    }
    appendFieldObjects(db, {
      activityId: id,
      fieldId: field.id,
      planes: canonicalJson(planes.map(({ channel, key }) => ({ channel, planeId: key }))),
      count,
      diameter,
      measures: canonicalJson(measures as unknown as Json),
    })
  }

  return {
    recipe,
    recipeHash: hash,

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
        insertActivity(db, activity({ ...own, ...times }, AGGREGATION_STAGES))
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

function fileEntity({
  path,
  sha256,
  bytes,
}: {
  path: string
  sha256: Sha256
  bytes: number
}): EntityRow {
  return { kind: 'file', location: path, sha256, bytes }
}
