import { availableParallelism } from 'node:os'
import type { Job } from './job.ts'
import {
  startWorker,
  type WorkerAnswer,
  type WorkerLimits,
  type WorkerProcess,
} from './worker-process.ts'

export const DEFAULT_LIMITS: WorkerLimits = { deadlineMs: 60_000, memoryBytes: 2 * 2 ** 30 }

/** As many workers as there are cores, each doing one job at a time; a lost one is replaced. */
export interface WorkerPool {
  readonly size: number
  readonly limits: WorkerLimits
  /** Waits for a free worker, then for its answer. */
  run<J extends Job>(job: J): Promise<WorkerAnswer<J>>
  end(): void
}

export function startPool(
  size = availableParallelism(),
  limits: WorkerLimits = DEFAULT_LIMITS,
): WorkerPool {
  const idle: WorkerProcess[] = []
  const waiting: ((worker: WorkerProcess) => void)[] = []
  const all = new Set<WorkerProcess>()
  let ended = false

  function begin(): WorkerProcess {
    const worker = startWorker(limits)
    all.add(worker)
    return worker
  }

  function take(): Promise<WorkerProcess> {
    for (let worker = idle.pop(); worker !== undefined; worker = idle.pop()) {
      if (worker.alive) return Promise.resolve(worker)
      all.delete(worker)
    }
    if (all.size < size) return Promise.resolve(begin())
    return new Promise(resolve => waiting.push(resolve))
  }

  function giveBack(worker: WorkerProcess): void {
    let next = worker
    if (!worker.alive) {
      all.delete(worker)
      if (waiting.length === 0 || ended) return
      next = begin()
    }
    const waiter = waiting.shift()
    if (waiter === undefined) idle.push(next)
    else waiter(next)
  }

  return {
    size,
    limits,

    async run<J extends Job>(job: J): Promise<WorkerAnswer<J>> {
      const worker = await take()
      const answer = await worker.run(job)
      giveBack(worker)
      return answer
    },

    end() {
      ended = true
      for (const worker of all) worker.end()
    },
  }
}
