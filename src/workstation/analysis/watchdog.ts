import { writeSync } from 'node:fs'
import { isMainThread, Worker, workerData } from 'node:worker_threads'

/** What a worker process writes on stderr before it ends itself for want of memory. */
export const MEMORY_EXCEEDED = 'parfocal-memory-exceeded'

const INTERVAL_MS = 50

interface Watch {
  readonly limitBytes: number
  readonly parent: number
}

/**
 * Guards this process from a thread of its own, which runs while the main thread is busy in native code:
 * ends it when its resident memory passes the limit, or when its parent is gone.
 *
 * SIGKILL rather than an exit, because nothing else is certain to work inside a native call.
 */
export function startWatchdog(limitBytes: number): void {
  const watch: Watch = { limitBytes, parent: process.ppid }
  new Worker(new URL(import.meta.url), { workerData: { watchdog: watch } }).unref()
}

function guard({ limitBytes, parent }: Watch): void {
  setInterval(() => {
    if (process.memoryUsage.rss() > limitBytes) {
      writeSync(2, `${MEMORY_EXCEEDED}\n`)
      process.kill(process.pid, 'SIGKILL')
    }
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
  }, INTERVAL_MS)
}

const given = workerData as { readonly watchdog?: Watch } | null
if (!isMainThread && given?.watchdog !== undefined) guard(given.watchdog)
