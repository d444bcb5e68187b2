import { availableParallelism } from 'node:os'
import type { Job } from './job.ts'
import {
  startWorker,
  type WorkerAnswer,
  type WorkerLimits,
  type WorkerProcess,
} from './worker-process.ts'

export const DEFAULT_LIMITS: WorkerLimits = { deadlineMs: 60_000, memoryBytes: 2 * 2 ** 30 }

/** Who goes first when workers are short: somebody looks, then a plate is on the stage, then the rest. */
export const PRIORITIES = ['view', 'judge', 'analyse', 'aggregate'] as const
export type Priority = (typeof PRIORITIES)[number]

export interface Turn {
  readonly priority: Priority
  /** Aborted while the job waits for a worker, the job is dropped; one that has begun is finished. */
  readonly signal?: AbortSignal | undefined
}

/** As many workers as there are cores, each doing one job at a time; a lost one is replaced. */
export interface WorkerPool {
  readonly size: number
  readonly limits: WorkerLimits
  /** Starts the workers before the first job comes: each needs a moment to read its program. */
  prepare(): void
  /** Waits for its turn, then for the answer. Rejects only with the reason of a signal that drops it. */
  run<J extends Job>(job: J, turn: Turn): Promise<WorkerAnswer<J>>
  /** Kills the workers. What waits then is never answered. */
  end(): void
}

/**
 * After a job that somebody waits for, one worker is kept for the next of its kind so long: a job cannot be
 * interrupted, and an analysis takes longer than a verdict may.
 */
const KEPT_FREE_MS = 5_000

interface Waiter {
  readonly priority: Priority
  readonly begin: (worker: WorkerProcess) => void
}

export function startPool(
  size = availableParallelism(),
  limits: WorkerLimits = DEFAULT_LIMITS,
): WorkerPool {
  const idle: WorkerProcess[] = []
  const all = new Set<WorkerProcess>()
  const waiting = Object.fromEntries(
    PRIORITIES.map(priority => [priority, new Set<Waiter>()]),
  ) as Record<Priority, Set<Waiter>>
  /** Workers on jobs that nobody waits for. */
  let patient = 0
  let keptFree: NodeJS.Timeout | null = null
  let ended = false

  function freeWorker(): WorkerProcess | null {
    for (let worker = idle.pop(); worker !== undefined; worker = idle.pop()) {
      if (worker.alive) return worker
      all.delete(worker)
    }
    return all.size < size ? newWorker() : null
  }

  function newWorker(): WorkerProcess {
    const worker = startWorker(limits)
    all.add(worker)
    return worker
  }

  function nextWaiter(): Waiter | null {
    const room = keptFree === null ? size : Math.max(1, size - 1)
    for (const priority of PRIORITIES) {
      if (!isUrgent(priority) && patient >= room) continue
      const [waiter] = waiting[priority]
      if (waiter !== undefined) return waiter
    }
    return null
  }

  function giveTurns(): void {
    for (let waiter = nextWaiter(); waiter !== null && !ended; waiter = nextWaiter()) {
      const worker = freeWorker()
      if (worker === null) return
      waiting[waiter.priority].delete(waiter)
      if (!isUrgent(waiter.priority)) patient += 1
      waiter.begin(worker)
    }
  }

  function keepOneFree(): void {
    if (keptFree !== null) keptFree.refresh()
    else {
      keptFree = setTimeout(() => {
        keptFree = null
        giveTurns()
      }, KEPT_FREE_MS)
      keptFree.unref()
    }
  }

  function takeTurn({ priority, signal }: Turn): Promise<WorkerProcess> {
    return new Promise((resolve, reject) => {
      const drop = (): void => {
        waiting[priority].delete(waiter)
        reject(signal!.reason as Error)
      }
      const waiter: Waiter = {
        priority,
        begin(worker) {
          signal?.removeEventListener('abort', drop)
          resolve(worker)
        },
      }
      signal?.addEventListener('abort', drop, { once: true })
      waiting[priority].add(waiter)
      giveTurns()
    })
  }

  function giveBack(worker: WorkerProcess, priority: Priority): void {
    if (!isUrgent(priority)) patient -= 1
    if (worker.alive) idle.push(worker)
    else all.delete(worker)
    giveTurns()
  }

  return {
    size,
    limits,

    prepare() {
      while (all.size < size) idle.push(newWorker())
    },

    async run<J extends Job>(job: J, turn: Turn): Promise<WorkerAnswer<J>> {
      turn.signal?.throwIfAborted()
      if (isUrgent(turn.priority)) keepOneFree()
      const worker = await takeTurn(turn)
      const answer = await worker.run(job)
      giveBack(worker, turn.priority)
      return answer
    },

    end() {
      ended = true
      if (keptFree !== null) clearTimeout(keptFree)
      for (const worker of all) worker.end()
    },
  }
}

function isUrgent(priority: Priority): boolean {
  return priority === 'view' || priority === 'judge'
}
