import type { PlaneId, RecordId } from '#core/brand.ts'
import { fail, ok, type Fault, type Result } from '#core/fault.ts'
import { nucleusChannel } from '#core/prepare/channel-roles.ts'
import { analysisId, aggregationId, qualityId, type Method } from '../record/activity-id.ts'
import { artifactPath } from '../record/artifacts.ts'
import type { FieldDone, Recorder } from '../record/recorder.ts'
import { activityIsRecorded, artifactOf } from '../store/activities.ts'
import { currentPlanes, fieldsOf, type FieldRow, type PlaneRow } from '../store/fields.ts'
import { latestAggregation, latestFieldObjects } from '../store/objects.ts'
import type { Store } from '../store/open-store.ts'
import type { AcquisitionRow } from '../store/plates.ts'
import { attempt } from '../store/store-fault.ts'
import { latestVerdicts } from '../store/verdicts.ts'
import type { FieldJob, FieldReply, PlaneSource } from './job.ts'
import { lossFault, runField } from './run-field.ts'
import { AGGREGATION_STAGES, ANALYSIS_STAGES, JUDGING_STAGES } from './stages.ts'
import type { WorkerPool } from './worker-pool.ts'

export interface Workbench {
  readonly store: Store
  readonly recorder: Recorder
  readonly pool: WorkerPool
}

export interface ProcessOptions {
  /** Verdicts only, no objects. */
  readonly qualityOnly: boolean
  /** Whether all of a field has come, so that its objects may be looked for. */
  readonly isComplete: (field: FieldRow) => boolean
  /** Called after each field is committed. */
  readonly onField?: (done: FieldDone) => void
  readonly signal?: AbortSignal
}

/**
 * Does for one imaging run what the store does not hold yet: that is the queue, and all of it.
 * What is committed is done; what is not is done again.
 */
export async function processAcquisition(
  workbench: Workbench,
  acquisition: AcquisitionRow,
  options: ProcessOptions,
): Promise<Result<void>> {
  let stopped: Fault | null = null
  const pending = pendingFields(workbench, acquisition, options)[Symbol.iterator]()
  // One more than there are workers, so that none waits while a result is committed.
  const hands = Array.from({ length: workbench.pool.size + 1 }, async () => {
    for (let next = pending.next(); next.done !== true; next = pending.next()) {
      if (stopped !== null || options.signal?.aborted === true) return
      const done = await processField(workbench, next.value)
      const fault = commit(workbench, done)
      stopped ??= fault
      if (fault === null) options.onField?.(done)
    }
  })
  await Promise.all(hands)
  return stopped === null ? ok(undefined) : fail(stopped)
}

/** Records what was done, or says why the store cannot take it: then nothing of the field is kept. */
function commit({ store, recorder }: Workbench, done: FieldDone): Fault | null {
  const result = done.analysis?.outcome.result
  if (result?.ok === false && STORE_FAULTS.has(result.fault.kind)) return result.fault
  const recorded = attempt(store.folder, () => recorder.recordField(done))
  return recorded.ok ? null : recorded.fault
}

/** What a worker meets when it cannot keep an artifact. */
const STORE_FAULTS: ReadonlySet<Fault['kind']> = new Set([
  'disk-full',
  'store-damaged',
  'store-not-writable',
])

/** Summarises wells and plate, unless just these objects have been summarised before. */
export async function aggregateAcquisition(
  { store, recorder, pool }: Workbench,
  acquisition: AcquisitionRow,
): Promise<Result<void>> {
  const wells = new Map(fieldsOf(store.db, acquisition.id).map(({ id, well }) => [id, well]))
  const analyses = latestFieldObjects(store.db, acquisition.id, recorder.recipeHash).map(row => ({
    id: row.activityId,
    well: wells.get(row.fieldId) ?? null,
    table: artifactOf(store.db, row.activityId, 'objects'),
  }))
  const never = latestAggregation(store.db, acquisition.id, recorder.recipeHash) === undefined
  if (analyses.length === 0 && never) return ok(undefined)
  const method = { recipeHash: recorder.recipeHash, stages: AGGREGATION_STAGES }
  const id = aggregationId(
    acquisition,
    analyses.map(analysis => analysis.id),
    method,
  )
  if (activityIsRecorded(store.db, id)) return ok(undefined)
  const fields = analyses.map(({ well, table }) => ({
    well,
    table: artifactPath(store.folder, table.location),
  }))
  const answer = await pool.run({ kind: 'aggregation', fields }, { priority: 'aggregate' })
  if (!answer.ok) return fail(lossFault(answer.loss, acquisition.folder, pool.limits))
  const { reply } = answer
  return attempt(store.folder, () =>
    recorder.recordAggregation({ acquisition, id, analyses, reply }),
  )
}

/** What is left to do for one field. */
interface PendingField {
  readonly acquisition: AcquisitionRow
  readonly field: FieldRow
  /** Planes without a recorded verdict or fault. */
  readonly judge: readonly { readonly id: RecordId; readonly plane: PlaneRow }[]
  /** Planes that may be analysed; empty where objects are not wanted now. */
  readonly candidates: readonly PlaneRow[]
  readonly segmented: string
  readonly sharpness: ReadonlyMap<PlaneId, number | null>
}

function* pendingFields(
  { store, recorder }: Workbench,
  acquisition: AcquisitionRow,
  { qualityOnly, isComplete }: ProcessOptions,
): Generator<PendingField> {
  const { db } = store
  const segmented = nucleusChannel(
    JSON.parse(acquisition.channels) as string[],
    recorder.recipe.channels,
  )
  const planes = Map.groupBy(currentPlanes(db, acquisition.id), ({ fieldId }) => fieldId)
  const sharpness = knownSharpness(store, acquisition, recorder)
  const judging: Method = { recipeHash: recorder.recipeHash, stages: JUDGING_STAGES }
  for (const field of fieldsOf(db, acquisition.id)) {
    const all = (planes.get(field.id) ?? []).map(plane => ({
      id: qualityId(acquisition, field, plane, judging),
      plane,
    }))
    const judge = all.filter(({ id }) => !activityIsRecorded(db, id))
    const open = new Set(judge.map(({ plane }) => plane.id))
    const readable = all
      .map(({ plane }) => plane)
      .filter(({ id }) => open.has(id) || sharpness.has(id))
    const wanted =
      !qualityOnly &&
      segmented !== null &&
      readable.some(({ channel }) => channel === segmented) &&
      isComplete(field)
    const candidates = wanted ? readable : []
    const recorded =
      judge.length === 0 &&
      (candidates.length === 0 ||
        activityIsRecorded(db, idOfAnalysis(acquisition, field, candidates, segmented!, recorder)))
    if (recorded) continue
    yield { acquisition, field, judge, candidates, segmented: segmented ?? '', sharpness }
  }
}

/** Planes that were judged by this recipe, with the number by which stacks choose their focal plane. */
function knownSharpness(
  { db }: Store,
  acquisition: AcquisitionRow,
  { recipeHash }: Recorder,
): ReadonlyMap<PlaneId, number | null> {
  return new Map(
    latestVerdicts(db, acquisition.id, recipeHash).map(({ planeId, metrics }) => [
      planeId,
      (JSON.parse(metrics) as { laplacian_variance: number | null }).laplacian_variance,
    ]),
  )
}

async function processField(
  { store, recorder, pool }: Workbench,
  pending: PendingField,
): Promise<FieldDone> {
  const { acquisition, field, judge, candidates, segmented, sharpness } = pending
  const source = (plane: PlaneRow): PlaneSource => ({
    key: plane.id,
    path: plane.path,
    page: plane.page,
    channel: plane.channel,
    z: plane.z,
    projection: plane.projection === 1,
    sharpness: sharpness.get(plane.id) ?? null,
  })
  const job: FieldJob = {
    kind: 'field',
    judge: judge.map(({ plane }) => source(plane)),
    analyse:
      candidates.length === 0
        ? null
        : { segmented, candidates: candidates.map(source), store: store.folder },
    recipe: recorder.recipe,
  }
  const reply = await runField(pool, job)
  const planes = judge.map((one, i) => ({ ...one, outcome: reply.planes[i]! }))
  return { acquisition, field, planes, analysis: analysisDone(pending, reply, recorder) }
}

/** The analysis under the identity of the planes that turned out to be readable. */
function analysisDone(
  { acquisition, field, candidates, segmented }: PendingField,
  { planes, analysis }: FieldReply,
  recorder: Recorder,
): FieldDone['analysis'] {
  if (analysis === null) return null
  const failed = new Set(planes.filter(({ result }) => !result.ok).map(({ key }) => key))
  const used = candidates.filter(({ id }) => !failed.has(id))
  const id = idOfAnalysis(acquisition, field, used, segmented, recorder)
  const path = used.find(({ channel }) => channel === segmented)!.path
  return { id, path, outcome: analysis }
}

function idOfAnalysis(
  acquisition: AcquisitionRow,
  field: FieldRow,
  planes: readonly PlaneRow[],
  segmented: string,
  { recipeHash }: Recorder,
): RecordId {
  return analysisId(acquisition, field, planes, segmented, { recipeHash, stages: ANALYSIS_STAGES })
}
