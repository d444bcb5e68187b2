import { fail, type Fault } from '#core/fault.ts'
import type { FieldJob, FieldReply, PlaneOutcome, PlaneSource } from './job.ts'
import { readableCandidates } from './readable-candidates.ts'
import type { WorkerLimits, WorkerLoss } from './worker-process.ts'
import type { Turn, WorkerPool } from './worker-pool.ts'

/**
 * Has a field analysed. When its worker is lost everything is tried once more, each plane by itself,
 * so that a hostile file costs its own plane and nothing else. Rejects only when `signal` drops it before it begins.
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
  return { kind: 'field', planes, analysis: await analyseAlone(pool, job, planes) }
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
): Promise<FieldReply['analysis']> {
  if (analyse === null) return null
  const candidates = readableCandidates(analyse.candidates, planes)
  const segmented = candidates.find(({ channel }) => channel === analyse.segmented)
  if (segmented === undefined) return null
  const startedAt = new Date().toISOString()
  const job = { kind: 'field', judge: [], analyse: { ...analyse, candidates }, recipe } as const
  const answer = await pool.run(job, turnOf(job))
  if (answer.ok) return answer.reply.analysis
  const result = fail(lossFault(answer.loss, segmented.path, pool.limits))
  return { startedAt, endedAt: new Date().toISOString(), files: [], result }
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
