import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import { workerNode } from '../analysis/worker-node.ts'
import { holdsFilesBelow } from '../store/files.ts'
import type { Store } from '../store/open-store.ts'
import { whyNot, writeFault } from './write-fault.ts'

/** Microscopes that are processes of their own, each acquiring a plate into a folder of its own. */
export interface SimulatedMicroscopes {
  /** The folder around the folders that they write to. */
  readonly around: string
  /** The folder that a new one writes to. */
  start(): Result<string, FaultOf<'output-not-writable'>>
  isRunning(folder: string): boolean
  stop(folder: string): void
  close(): void
}

const ENTRY = fileURLToPath(new URL('./microscope.ts', import.meta.url))

/**
 * Simulated plates lie beside the store: inside it they would be raw data of their own results.
 *
 * @param onBroken is told of a microscope that ended before its plate did, and that nobody stopped
 */
export function createSimulatedMicroscopes(
  store: Store,
  now: () => Date,
  onBroken: (fault: FaultOf<'output-not-writable'>) => void,
): SimulatedMicroscopes {
  const around = join(dirname(store.folder), `${basename(store.folder)}-simulated`)
  const running = new Map<string, ChildProcess>()

  function stop(folder: string): void {
    running.get(folder)?.kill('SIGKILL')
    running.delete(folder)
  }

  function follow(child: ChildProcess, folder: string): void {
    let reason: string | null = null
    const end = (status: number | null, how: string): void => {
      if (running.get(folder) !== child) return
      running.delete(folder)
      if (status === 0) return
      const detail = `the simulated microscope ended: ${reason ?? how}`
      onBroken({ kind: 'output-not-writable', path: folder, detail })
    }
    running.set(folder, child)
    child.on('message', said => (reason = String(said)))
    child.once('error', cause => end(null, cause.message))
    child.once('close', (status, signal) => end(status, signal ?? `with ${status}`))
  }

  return {
    around,

    start() {
      const folder = join(around, now().toISOString().slice(0, 19).replaceAll(':', '-'))
      try {
        mkdirSync(around, { recursive: true })
        removeForgotten(around, store, running)
        mkdirSync(folder, { recursive: true })
      } catch (cause) {
        const refused = writeFault(folder, cause)
        if (refused.ok) return refused
        return fail({ kind: 'output-not-writable', path: folder, detail: whyNot(refused.fault) })
      }
      const seed = Math.floor(now().getTime() / 1000) % 100_000
      const args = ['--disable-warning=ExperimentalWarning', ENTRY, folder, String(seed)]
      const child = spawn(workerNode(), args, {
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      })
      follow(child, folder)
      return ok(folder)
    },

    isRunning: folder => running.has(folder),
    stop,
    close: () => [...running.keys()].forEach(stop),
  }
}

/** Removes plates of which the store holds nothing; results keep their raw files, simulated or not. */
function removeForgotten(
  around: string,
  { db }: Store,
  running: ReadonlyMap<string, ChildProcess>,
): void {
  for (const name of readdirSync(around)) {
    const folder = join(around, name)
    if (STAMP.test(name) && !running.has(folder) && !holdsFilesBelow(db, folder)) {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** Only what was named here is removed. */
const STAMP = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}$/
