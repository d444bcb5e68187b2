import { fail, ok, type Fault } from '#core/fault.ts'
import type { Provider } from '#core/infer/inference-params.ts'
import type { Recipe } from '#core/recipe.ts'
import type { FieldJob, FieldReply, PlaneOutcome, PlaneSource } from './job.ts'
import { readableCandidates } from './readable-candidates.ts'
import type { WorkerLimits, WorkerLoss } from './worker-process.ts'
import type { Turn, WorkerPool } from './worker-pool.ts'

/**
 * Has a field analysed. When its worker is lost everything is tried once more, each plane by itself,
 * so that a hostile file costs its own plane and nothing else, and networks on the CPU, as a graphics card may hang and
 * take its process with it. Rejects only when `signal` drops it before it begins.
 */
export async function runField(
  pool: WorkerPool,
  job: FieldJob,
  signal?: AbortSignal,
): Promise<FieldReply> {
  const answer = await pool.run(job, turnOf(job, signal))
  if (answer.ok) return answer.reply
  const planes: PlaneOutcome[] = []
  for (const source of job.judge) planes.push(await judgeAlone(pool, job, source))
  return { kind: 'field', planes, analysis: await analyseAlone(pool, job, planes, answer.loss) }
}

async function judgeAlone(
  pool: WorkerPool,
  { recipe }: FieldJob,
  source: PlaneSource,
): Promise<PlaneOutcome> {
  const startedAt = new Date().toISOString()
  const job = { kind: 'field', judge: [source], analyse: null, recipe } as const
  const answer = await pool.run(job, turnOf(job))
  if (answer.ok) return answer.reply.planes[0]!
  const endedAt = new Date().toISOString()
  const result = fail(lossFault(answer.loss, source.path, pool.limits))
  return { key: source.key, startedAt, endedAt, file: null, result }
}

async function analyseAlone(
  pool: WorkerPool,
  { analyse, recipe }: FieldJob,
  planes: readonly PlaneOutcome[],
  loss: WorkerLoss,
): Promise<FieldReply['analysis']> {
  if (analyse === null) return null
  const candidates = readableCandidates(analyse.candidates, planes)
  const segmented = candidates.find(({ channel }) => channel === analyse.segmented)
  if (segmented === undefined) return null
  const startedAt = new Date().toISOString()
  const left = loss.why === 'memory' ? [] : acceleratorsOf(recipe)
  const alone = left.length === 0 ? recipe : onCpu(recipe)
  const job = {
    kind: 'field',
    judge: [],
    analyse: { ...analyse, candidates },
    recipe: alone,
  } as const
  const answer = await pool.run(job, turnOf(job))
  if (answer.ok) return sayingLeft(answer.reply.analysis, left, loss, pool.limits)
  const result = fail(lossFault(answer.loss, segmented.path, pool.limits))
  return { startedAt, endedAt: new Date().toISOString(), files: [], result }
}

/** Providers other than the CPU that a recipe asks for. */
function acceleratorsOf({ infer }: Recipe): readonly Provider[] {
  return (infer?.providers ?? []).filter(provider => provider !== 'cpu')
}

function onCpu(recipe: Recipe): Recipe {
  if (recipe.infer === undefined) return recipe
  return { ...recipe, infer: { ...recipe.infer, providers: ['cpu'] } }
}

/** With why the CPU served, where networks were asked. */
function sayingLeft(
  analysis: FieldReply['analysis'],
  left: readonly Provider[],
  loss: WorkerLoss,
  { deadlineMs }: WorkerLimits,
): FieldReply['analysis'] {
  if (left.length === 0 || analysis === null || !analysis.result.ok) return analysis
  const { value } = analysis.result
  if (value.prediction === null) return analysis
  const why =
    loss.why === 'ended'
      ? `its process was lost (${loss.detail})`
      : `it was not done in time, with ${deadlineMs / 1000} seconds a step`
  const served = { ...value.prediction.served, fellBack: `${left.join(', ')}: ${why}` }
  const prediction = { ...value.prediction, served }
  return { ...analysis, result: ok({ ...value, prediction }) }
}

/** Somebody may be waiting for a verdict; objects can wait. */
function turnOf({ analyse }: FieldJob, signal?: AbortSignal): Turn {
  return { priority: analyse === null ? 'judge' : 'analyse', signal }
}

/** A lost worker as the fault of what it was working on. */
export function lossFault(loss: WorkerLoss, path: string, limits: WorkerLimits): Fault {
  switch (loss.why) {
    case 'deadline':
      return { kind: 'deadline-exceeded', path, seconds: limits.deadlineMs / 1000 }
    case 'memory':
      return { kind: 'memory-exceeded', path, megabytes: Math.round(limits.memoryBytes / 2 ** 20) }
    case 'ended':
      return { kind: 'worker-lost', path, detail: loss.detail }
  }
}
