import { setImmediate as breathe } from 'node:timers/promises'
import type { RecordId } from '#core/brand.ts'
import type { Result } from '#core/fault.ts'
import type { FieldDone } from '../record/recorder.ts'
import { activityIsRecorded } from '../store/activities.ts'
import { transaction } from '../store/db.ts'
import type { FieldRow } from '../store/fields.ts'
import type { AcquisitionRow } from '../store/plates.ts'
import { attempt } from '../store/store-fault.ts'
import { earlierAnalysis, earlierJudgement } from './earlier-work.ts'
import {
  candidatesOf,
  idOfAnalysis,
  withJudged,
  workOnField,
  type Bench,
  type FieldWork,
} from './field-work.ts'

export interface TakeUpOptions {
  /** Verdicts only, no objects. */
  readonly qualityOnly: boolean
  /** What is being done at this moment is left to who does it. */
  readonly isInHand: (id: RecordId) => boolean
}

/** Fields that were gone through, and what was recorded about them. */
export interface TakenUp {
  readonly fields: readonly FieldRow[]
  readonly done: readonly FieldDone[]
}

/** So many planes are committed together; others have their turn between. */
const PLANES_AT_ONCE = 100

/**
 * Records what earlier work by other recipes says about fields by the one in use, as far as no pixel is needed for it.
 * Each batch is in the store before the next one begins; whoever stops asking stops the work.
 */
export async function* takeUpFields(
  bench: Bench,
  acquisition: AcquisitionRow,
  fields: readonly FieldRow[],
  options: TakeUpOptions,
): AsyncGenerator<Result<TakenUp>> {
  const { db, folder } = bench.store
  for (let from = 0; from < fields.length;) {
    const batch = attempt(folder, () =>
      transaction(db, () => takeUpSome(bench, acquisition, fields.slice(from), options)),
    )
    await breathe()
    yield batch
    if (!batch.ok) return
    from += batch.value.fields.length
  }
}

function takeUpSome(
  bench: Bench,
  acquisition: AcquisitionRow,
  fields: readonly FieldRow[],
  options: TakeUpOptions,
): TakenUp {
  const done: FieldDone[] = []
  let planes = 0
  let count = 0
  for (const field of fields) {
    const work = workOnField(bench, acquisition, field)
    const judged = takeUpJudgements(bench, work, options)
    done.push(...judged)
    if (!options.qualityOnly) {
      const now = judged.reduce((before, { planes }) => withJudged(before, planes), work)
      done.push(...takeUpAnalysis(bench, now, options))
    }
    count += 1
    planes += work.planes.length
    if (planes >= PLANES_AT_ONCE) break
  }
  return { fields: fields.slice(0, count), done }
}

function takeUpJudgements(
  bench: Bench,
  { acquisition, field, planes }: FieldWork,
  { isInHand }: TakeUpOptions,
): readonly FieldDone[] {
  const taken = planes
    .filter(({ id, judged }) => !judged && !isInHand(id))
    .flatMap(({ id, plane }) => {
      const earlier = earlierJudgement(bench, plane)
      return earlier === null ? [] : [{ id, plane, ...earlier }]
    })
  if (taken.length === 0) return []
  const done = { acquisition, field, planes: taken, analysis: null }
  bench.recorder.recordField(done)
  return [done]
}

function takeUpAnalysis(
  bench: Bench,
  work: FieldWork,
  { isInHand }: TakeUpOptions,
): readonly FieldDone[] {
  const { acquisition, field, planes, segmented } = work
  const candidates = planes.every(({ judged }) => judged) ? candidatesOf(work, []) : []
  if (candidates.length === 0) return []
  const id = idOfAnalysis(bench, work, candidates)
  if (isInHand(id) || activityIsRecorded(bench.store.db, id)) return []
  const earlier = earlierAnalysis(bench, work, candidates)
  if (earlier === null) return []
  const { path } = candidates.find(({ channel }) => channel === segmented)!
  const done = { acquisition, field, planes: [], analysis: { id, path, ...earlier } }
  bench.recorder.recordField(done)
  return [done]
}
