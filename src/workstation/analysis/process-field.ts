import { fail, ok, type Fault, type Result } from '#core/fault.ts'
import type { FieldDone } from '../record/recorder.ts'
import type { PlaneRow } from '../store/fields.ts'
import { attempt } from '../store/store-fault.ts'
import { fieldDone, fieldJob, type Bench, type FieldWork, type PlaneWork } from './field-work.ts'
import { runField } from './run-field.ts'
import type { WorkerPool } from './worker-pool.ts'

/** A bench with the processes that do the work. */
export interface Workbench extends Bench {
  readonly pool: WorkerPool
}

/**
 * Judges planes of a field and looks for its objects in the candidates, and records both at once. Where
 * the store cannot take it the fault says why, and nothing of it is kept.
 *
 * Hand in a bench whose recorder stays: one field is judged and recorded by one recipe.
 */
export async function processField(
  bench: Workbench,
  work: FieldWork,
  judge: readonly PlaneWork[],
  candidates: readonly PlaneRow[],
  signal?: AbortSignal,
): Promise<Result<FieldDone>> {
  return keepField(bench, await doField(bench, work, judge, candidates, signal))
}

/** What comes of it, before anything is recorded. */
export async function doField(
  bench: Workbench,
  work: FieldWork,
  judge: readonly PlaneWork[],
  candidates: readonly PlaneRow[],
  signal?: AbortSignal,
): Promise<FieldDone> {
  const reply = await runField(bench.pool, fieldJob(bench, work, judge, candidates), signal)
  return fieldDone(bench, work, judge, candidates, reply)
}

export function keepField({ store, recorder }: Workbench, done: FieldDone): Result<FieldDone> {
  const result = done.analysis?.outcome.result
  if (result?.ok === false && STORE_FAULTS.has(result.fault.kind)) return fail(result.fault)
  const recorded = attempt(store.folder, () => recorder.recordField(done))
  return recorded.ok ? ok(done) : recorded
}

/** What a worker meets when it cannot keep an artifact. */
const STORE_FAULTS: ReadonlySet<Fault['kind']> = new Set([
  'disk-full',
  'store-damaged',
  'store-not-writable',
])
