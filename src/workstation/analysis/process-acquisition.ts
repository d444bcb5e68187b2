import { fail, ok, type Fault, type Result } from '#core/fault.ts'
import { aggregationId } from '../record/activity-id.ts'
import { artifactPath } from '../record/artifacts.ts'
import type { FieldDone } from '../record/recorder.ts'
import { activityIsRecorded, artifactOf } from '../store/activities.ts'
import { fieldsOf, type PlaneRow } from '../store/fields.ts'
import { latestAggregation, latestFieldObjects } from '../store/objects.ts'
import type { AcquisitionRow } from '../store/plates.ts'
import { attempt } from '../store/store-fault.ts'
import {
  candidatesOf,
  idOfAnalysis,
  workOnField,
  type Bench,
  type FieldWork,
  type PlaneWork,
} from './field-work.ts'
import { processField, type Workbench } from './process-field.ts'
import { lossFault } from './run-field.ts'
import { AGGREGATION_STAGES } from './stages.ts'
import { takeUpFields } from './take-up-fields.ts'

export interface ProcessOptions {
  /** Verdicts only, no objects. */
  readonly qualityOnly: boolean
  /** Called after each field is committed. */
  readonly onField?: (done: FieldDone) => void
}

/**
 * Does for one imaging run what the store does not hold yet: that is the queue, and all of it.
 * What is committed is done; what is not is done again.
 */
export async function processAcquisition(
  { store, recorder, pool }: Workbench,
  acquisition: AcquisitionRow,
  { qualityOnly, onField }: ProcessOptions,
): Promise<Result<void>> {
  const bench: Workbench = { store, recorder, pool }
  const fields = fieldsOf(store.db, acquisition.id)
  const options = { qualityOnly, isInHand: () => false }
  for await (const taken of takeUpFields(bench, acquisition, fields, options)) {
    if (!taken.ok) return taken
    for (const done of taken.value.done) onField?.(done)
  }
  let stopped: Fault | null = null
  const pending = pendingFields(bench, acquisition, qualityOnly)[Symbol.iterator]()
  // One more than there are workers, so that none waits while a result is committed.
  const hands = Array.from({ length: pool.size + 1 }, async () => {
    for (let next = pending.next(); next.done !== true; next = pending.next()) {
      if (stopped !== null) return
      const { work, judge, candidates } = next.value
      const done = await processField(bench, work, judge, candidates)
      if (done.ok) onField?.(done.value)
      else stopped ??= done.fault
    }
  })
  await Promise.all(hands)
  return stopped === null ? ok(undefined) : fail(stopped)
}

/** What is left to do for one field. */
interface PendingField {
  readonly work: FieldWork
  readonly judge: readonly PlaneWork[]
  /** Empty where objects are not wanted. */
  readonly candidates: readonly PlaneRow[]
}

function* pendingFields(
  bench: Bench,
  acquisition: AcquisitionRow,
  qualityOnly: boolean,
): Generator<PendingField> {
  const { db } = bench.store
  for (const field of fieldsOf(db, acquisition.id)) {
    const work = workOnField(bench, acquisition, field)
    const judge = work.planes.filter(({ judged }) => !judged)
    const candidates = qualityOnly ? [] : candidatesOf(work, judge)
    const analysed =
      candidates.length === 0 || activityIsRecorded(db, idOfAnalysis(bench, work, candidates))
    if (judge.length > 0 || !analysed) yield { work, judge, candidates }
  }
}

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
