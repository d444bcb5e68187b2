import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import { workerNode } from '../analysis/worker-node.ts'
import { holdsFilesBelow } from '../store/files.ts'
import type { Store } from '../store/open-store.ts'
import { writeFault } from './write-fault.ts'

/** Microscopes that are processes of their own, each acquiring a plate into a folder of its own. */
export interface SimulatedMicroscopes {
  /** The folder that a new one writes to. */
  start(): Result<string, FaultOf<'output-not-writable'>>
  isRunning(folder: string): boolean
  stop(folder: string): void
  close(): void
}

const ENTRY = fileURLToPath(new URL('./microscope.ts', import.meta.url))

/** Simulated plates lie beside the store: inside it they would be raw data of their own results. */
export function createSimulatedMicroscopes(store: Store, now: () => Date): SimulatedMicroscopes {
  const around = join(dirname(store.folder), `${basename(store.folder)}-simulated`)
  const running = new Map<string, ChildProcess>()

  function stop(folder: string): void {
    running.get(folder)?.kill('SIGKILL')
    running.delete(folder)
  }

  return {
    start() {
      const folder = join(around, now().toISOString().slice(0, 19).replaceAll(':', '-'))
      try {
        mkdirSync(around, { recursive: true })
        removeForgotten(around, store, running)
        mkdirSync(folder, { recursive: true })
      } catch (cause) {
        const refused = writeFault(folder, cause)
        if (refused.ok) return refused
        const detail =
          refused.fault.kind === 'disk-full' ? 'the disk is full' : refused.fault.detail
        return fail({ kind: 'output-not-writable', path: folder, detail })
      }
      const seed = Math.floor(now().getTime() / 1000) % 100_000
      const args = ['--disable-warning=ExperimentalWarning', ENTRY, folder, String(seed)]
      const child = spawn(workerNode(), args, {
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      })
      running.set(folder, child)
      child.once('close', () => running.delete(folder))
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
