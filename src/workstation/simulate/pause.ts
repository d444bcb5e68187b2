import { setTimeout as sleep } from 'node:timers/promises'

/** Waits, and no longer than until the signal aborts. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (ms <= 0) return
  try {
    await sleep(ms, undefined, signal === undefined ? {} : { signal })
  } catch (cause) {
    if (signal?.aborted !== true) throw cause
  }
}
