import { setTimeout as pause } from 'node:timers/promises'

/** What is still being read is done by then, or never will be. */
const PATIENCE_MS = 3_000

/**
 * Ends a command whose work is done. A file system that does not answer holds a thread, and no process can exit
 * without its threads; everything is committed, so it is ended from outside.
 */
export async function leave(): Promise<void> {
  const since = performance.now()
  while (process.getActiveResourcesInfo().some(resource => resource.startsWith('FSReq'))) {
    if (performance.now() - since > PATIENCE_MS) {
      process.stderr.write('parfocal: a share does not answer; ended without waiting for it.\n')
      process.kill(process.pid, 'SIGKILL')
    }
    await pause(50)
  }
}
