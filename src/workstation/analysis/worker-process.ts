import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describingPasses } from '#core/infer/describing-passes.ts'
import { explainingPasses } from '#core/infer/explain-field.ts'
import { mostPasses } from '#core/infer/plan-passes.ts'
import { projectionOf } from '#core/prepare/choose-planes.ts'
import type { Recipe } from '#core/recipe.ts'
import type { Job, ReplyTo } from './job.ts'
import { MEMORY_EXCEEDED } from './watchdog.ts'
import { workerNode } from './worker-node.ts'

export interface WorkerLimits {
  /** Longest time for one plane, or for finding the objects of one field. */
  readonly deadlineMs: number
  /** Largest resident memory. */
  readonly memoryBytes: number
}

/** Why a worker gave no reply. */
export type WorkerLoss =
  | { readonly why: 'deadline' }
  | { readonly why: 'memory' }
  | { readonly why: 'ended'; readonly detail: string }

export type WorkerAnswer<J extends Job> =
  | { readonly ok: true; readonly reply: ReplyTo<J> }
  | { readonly ok: false; readonly loss: WorkerLoss }

/** One child process that does one job at a time. After a loss it is gone and must be replaced. */
export interface WorkerProcess {
  readonly alive: boolean
  run<J extends Job>(job: J): Promise<WorkerAnswer<J>>
  end(): void
}

const ENTRY = fileURLToPath(new URL('./worker.ts', import.meta.url))
const KEPT_STDERR = 4_000

/** Starts a worker. By `spawn`, as Electron has a `fork` of its own that starts Electron. */
export function startWorker({ deadlineMs, memoryBytes }: WorkerLimits): WorkerProcess {
  const heapMegabytes = Math.floor(memoryBytes / 2 ** 20)
  const node = [`--max-old-space-size=${heapMegabytes}`, '--disable-warning=ExperimentalWarning']
  const child = spawn(workerNode(), [...node, ENTRY, String(memoryBytes)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
  const ready = new Promise<void>(resolve => child.once('message', () => resolve()))
  let complaint = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-KEPT_STDERR)
  })
  const ended = endOf(child)
  let isReady = false
  let alive = true
  /** Waits for what becomes of the job in hand. One at a time: a race with `ended` would be kept as long as that waits. */
  let settle: ((outcome: Outcome) => void) | null = null
  void ready.then(() => {
    isReady = true
  })
  void ended.then(end => {
    alive = false
    settle?.(end)
  })

  return {
    get alive() {
      return alive
    },

    async run<J extends Job>(job: J): Promise<WorkerAnswer<J>> {
      if (!isReady) await Promise.race([ready, ended])
      if (!alive) return { ok: false, loss: lossOf(complaint, await ended) }
      let timer: NodeJS.Timeout | undefined
      const outcome = await new Promise<Outcome>(resolve => {
        settle = resolve
        timer = setTimeout(() => resolve('deadline'), deadlineMs * stepsOf(job))
        child.once('message', message => resolve({ reply: message }))
        if (child.connected) child.send(job)
      })
      clearTimeout(timer)
      settle = null
      if (outcome === 'deadline') {
        child.kill('SIGKILL')
        await ended
        return { ok: false, loss: { why: 'deadline' } }
      }
      if ('reply' in outcome) return { ok: true, reply: outcome.reply as ReplyTo<J> }
      return { ok: false, loss: lossOf(complaint, outcome) }
    },

    end() {
      child.kill('SIGKILL')
    },
  }
}

/** How many planes and fields a job is about, or pictures. */
function stepsOf(job: Job): number {
  switch (job.kind) {
    case 'field':
      return (
        job.judge.length +
        (job.analyse === null ? 0 : analysisSteps(job.recipe, job.analyse.candidates.length))
      )
    case 'aggregation':
      return Math.max(1, job.fields.length)
    case 'objects':
    case 'view':
    case 'sweep':
      return 1
  }
}

/** Passes that a network makes over a field in the time that other methods take for all of it. */
const PASSES_IN_A_STEP = 4
/** How far a network looks around itself, in pixels, as an upper bound. */
const WIDEST_CONTEXT = 96

function analysisSteps({ infer, prepare }: Recipe, planes: number): number {
  const reading = projectionOf(prepare.focalPlane) === null ? 1 : planes
  if (infer === undefined) return reading
  const saliency = infer.saliency === 'none' ? 0 : explainingPasses(WIDEST_CONTEXT)
  const passes = mostPasses(infer) + saliency + describingPasses(infer)
  return reading + Math.ceil(passes / PASSES_IN_A_STEP)
}

/** What became of a job: the reply of its worker, or none in time, or the worker's end. */
type Outcome = 'deadline' | { readonly reply: unknown } | End

interface End {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** `close` comes after the last byte of stderr, `exit` may come before it. */
function endOf(child: ChildProcess): Promise<End> {
  return new Promise(resolve => {
    child.once('error', () => resolve({ code: null, signal: null }))
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
}

function lossOf(complaint: string, { code, signal }: End): WorkerLoss {
  if (complaint.includes(MEMORY_EXCEEDED) || complaint.includes('heap out of memory')) {
    return { why: 'memory' }
  }
  const said = complaint.split('\n').findLast(line => /error/i.test(line))
  const end = signal ?? `exit code ${code}`
  return { why: 'ended', detail: said === undefined ? end : `${end}, ${said.trim()}` }
}
