import type { RecordId, Sha256 } from '#core/brand.ts'
import type { Fault } from '#core/fault.ts'
import { faultText } from '#core/fault-text.ts'
import { Recipe } from '#core/recipe.ts'
import { recordedNetworks } from '../inference/ready-networks.ts'
import type { AggregationJob, FieldJob, NetworkFile } from '../analysis/job.ts'
import { runField } from '../analysis/run-field.ts'
import { AGGREGATION_STAGES, analysisStages, JUDGING_STAGES } from '../analysis/stages.ts'
import type { WorkerPool } from '../analysis/worker-pool.ts'
import { mapAtMost } from '../map-at-most.ts'
import { listActivities, usedBy, type ActivityRow } from '../store/activities.ts'
import { all as rows, type ReadableDb } from '../store/db.ts'
import { fieldObjectsOf, summariesOf } from '../store/objects.ts'
import type { StoreReader } from '../store/open-store.ts'
import { recipeDocument } from '../store/recipes.ts'
import { verdictOf } from '../store/verdicts.ts'
import type { StageName } from './activity-id.ts'
import { artifactPath } from './artifacts.ts'
import { faultDigest, judgementDigest, summaryDigest } from './output-digest.ts'
import { isSuperseded, planeSource, recordedPlanes } from './recorded-planes.ts'

export interface ReproduceReport {
  readonly records: number
  readonly equal: number
  /** Records of raw files that were taken again since: their bytes are gone. */
  readonly superseded: number
  readonly different: readonly Difference[]
}

export interface Difference {
  readonly record: RecordId
  /** What differs: `digest`, or the first number that does. */
  readonly field: string
  readonly expected: string
  readonly got: string
  readonly why: string
}

/** What came out this time: its digest, and the numbers behind it to say what differs. */
interface Again {
  readonly digest: string
  readonly values: Readonly<Record<string, unknown>>
  readonly inputs: readonly string[]
}

/**
 * Does recorded work again from the raw files and compares the digests.
 *
 * @param sample how many records to take, spread evenly over all of them; all of them when null
 */
export async function reproduceStore(
  store: StoreReader,
  pool: WorkerPool,
  scratch: string,
  sample: number | null,
  onRecord: (done: number, of: number) => void = () => undefined,
): Promise<ReproduceReport> {
  const all = listActivities(store.db)
  const standing = all.filter(
    activity => !isSuperseded(store, activity, recipeOf(store.db, activity)),
  )
  const records = spread(standing, sample)
  let done = 0
  const compared = await mapAtMost(pool.size, records, async record => {
    const difference = await compare(store, pool, scratch, record)
    done += 1
    onRecord(done, records.length)
    return difference
  })
  const different = compared.filter(difference => difference !== null)
  return {
    records: records.length,
    equal: records.length - different.length,
    superseded: all.length - standing.length,
    different,
  }
}

function recipeOf(db: ReadableDb, { recipeHash }: ActivityRow): Recipe {
  return Recipe.parse(JSON.parse(recipeDocument(db, recipeHash) ?? 'null'))
}

async function compare(
  store: StoreReader,
  pool: WorkerPool,
  scratch: string,
  activity: ActivityRow,
): Promise<Difference | null> {
  const record = activity.id
  const { db } = store
  const recipe = recipeOf(db, activity)
  const expected = usedBy(db, record).map(({ sha256 }) => sha256)
  const other = activity.kind === 'analysis' ? otherNetwork(store, recipe, expected) : undefined
  if (other !== undefined) {
    const why = `The weights registered as ${other.reference} are not those that were recorded.`
    const got = other.weights.sha256
    return { record, field: 'weights', expected: expected.join(' '), got, why }
  }
  const again = await doAgain(store, pool, scratch, activity, recipe)
  const raw = again.inputs.filter(sha256 => !expected.includes(sha256 as never))
  if (raw.length > 0) {
    const why = 'A raw file is not the one that was recorded.'
    return { record, field: 'input', expected: expected.join(' '), got: raw.join(' '), why }
  }
  if (again.digest === activity.digest) return null
  const stages = stageChange(activity, recipe)
  const why = stages ?? whyOther(again)
  const [field, was, is] = firstDifference(recordedValues(db, activity), again.values)
  return { record, field, expected: was ?? activity.digest, got: is ?? again.digest, why }
}

/** A network that a recipe names and whose weights a record did not use. */
function otherNetwork(
  store: StoreReader,
  recipe: Recipe,
  used: readonly Sha256[],
): NetworkFile | undefined {
  const networks = recordedNetworks(store, recipe)
  if (!networks.ok) return undefined
  return networks.value.find(({ weights }) => !used.includes(weights.sha256))
}

async function doAgain(
  store: StoreReader,
  pool: WorkerPool,
  scratch: string,
  activity: ActivityRow,
  recipe: Recipe,
): Promise<Again> {
  switch (activity.kind) {
    case 'quality':
      return judgeAgain(store.db, pool, activity, recipe)
    case 'analysis':
      return analyseAgain(store, pool, scratch, activity, recipe)
    case 'aggregation':
      return aggregateAgain(store, pool, activity)
  }
}

async function judgeAgain(
  db: ReadableDb,
  pool: WorkerPool,
  { planeId }: ActivityRow,
  recipe: Recipe,
): Promise<Again> {
  const source = planeSource(db, planeId!)
  const reply = await runField(pool, { kind: 'field', judge: [source], analyse: null, recipe })
  const { result, file } = reply.planes[0]!
  if (!result.ok) return faultAgain(result.fault)
  const { metrics, verdict, reasons } = result.value
  return {
    digest: judgementDigest(result.value),
    values: { ...metrics, verdict, reasons: reasons.join(', ') },
    inputs: file === null ? [] : [file.sha256],
  }
}

async function analyseAgain(
  store: StoreReader,
  pool: WorkerPool,
  scratch: string,
  activity: ActivityRow,
  recipe: Recipe,
): Promise<Again> {
  const networks = recordedNetworks(store, recipe)
  if (!networks.ok) return faultAgain(networks.fault)
  const planes = recordedPlanes(store.db, activity, recipe)
  const analyse = { ...planes, store: scratch, networks: networks.value }
  const job: FieldJob = { kind: 'field', judge: [], analyse, recipe }
  const { analysis } = await runField(pool, job)
  if (analysis === null) return { digest: 'nothing', values: {}, inputs: [] }
  if (!analysis.result.ok) return faultAgain(analysis.result.fault)
  const { count, diameter } = analysis.result.value
  return {
    digest: analysis.result.value.digest,
    values: { count, diameter },
    inputs: analysis.files.map(({ sha256 }) => sha256),
  }
}

async function aggregateAgain(
  { db, folder }: StoreReader,
  pool: WorkerPool,
  { id }: ActivityRow,
): Promise<Again> {
  const fields = rows<{ well: string | null; location: string }>(
    db,
    `SELECT field.well, entity.location
     FROM informed
     JOIN activity ON activity.id = informed.byId
     JOIN field ON field.id = activity.fieldId
     JOIN generated ON generated.activityId = informed.byId AND generated.role = 'objects'
     JOIN entity ON entity.id = generated.entityId
     WHERE informed.activityId = ?
     ORDER BY field.id`,
    id,
  )
  const job: AggregationJob = {
    kind: 'aggregation',
    fields: fields.map(({ well, location }) => ({ well, table: artifactPath(folder, location) })),
  }
  const answer = await pool.run(job, { priority: 'aggregate' })
  if (!answer.ok) return { digest: 'nothing', values: {}, inputs: [] }
  const { summaries } = answer.reply
  return {
    digest: summaryDigest(summaries),
    values: Object.fromEntries(summaries.map(({ well, count }) => [well ?? 'plate', count])),
    inputs: [],
  }
}

function faultAgain(fault: Fault): Again {
  return { digest: faultDigest(fault), values: { fault: faultText(fault) }, inputs: [] }
}

/** What the record says, under the names that doing it again gives. */
function recordedValues(db: ReadableDb, { id, kind }: ActivityRow): Record<string, unknown> {
  if (kind === 'quality') {
    const row = verdictOf(db, id)
    if (row === undefined) return {}
    const reasons = (JSON.parse(row.reasons) as string[]).join(', ')
    return { ...(JSON.parse(row.metrics) as object), verdict: row.verdict, reasons }
  }
  if (kind === 'analysis') {
    const row = fieldObjectsOf(db, id)
    return row === undefined ? {} : { count: row.count, diameter: row.diameter }
  }
  return Object.fromEntries(summariesOf(db, id).map(({ well, count }) => [well ?? 'plate', count]))
}

/** Where a fault was met this time, nothing came out that could be compared. */
function whyOther({ values }: Again): string {
  return 'fault' in values
    ? 'It could not be done again.'
    : 'The same inputs, stages and parameters gave another result.'
}

function firstDifference(
  recorded: Readonly<Record<string, unknown>>,
  again: Readonly<Record<string, unknown>>,
): [field: string, expected: string | null, got: string | null] {
  // A fault says more than the numbers that are missing for it.
  const names = new Set(['fault', ...Object.keys(recorded), ...Object.keys(again)])
  const name = [...names].find(key => recorded[key] !== again[key])
  return name === undefined
    ? ['digest', null, null]
    : [name, String(recorded[name] ?? 'nothing'), String(again[name] ?? 'nothing')]
}

/** Says which stages have moved on since the record was made; null when none has. */
function stageChange({ kind, stages }: ActivityRow, recipe: Recipe): string | null {
  const today: readonly StageName[] = {
    quality: JUDGING_STAGES,
    analysis: analysisStages(recipe),
    aggregation: AGGREGATION_STAGES,
  }[kind]
  const changed = (JSON.parse(stages) as StageName[]).filter(
    then => !today.some(now => now.id === then.id && now.version === then.version),
  )
  if (changed.length === 0) return null
  return `Recorded by ${changed.map(({ id, version }) => `${id} ${version}`).join(', ')}, which this version no longer has.`
}

/** Evenly spread records, the first and the last among them. */
function spread(records: readonly ActivityRow[], sample: number | null): readonly ActivityRow[] {
  if (sample === null || sample >= records.length) return records
  if (sample === 1) return records.slice(0, 1)
  return Array.from(
    { length: sample },
    (_, i) => records[Math.round((i * (records.length - 1)) / (sample - 1))]!,
  )
}
