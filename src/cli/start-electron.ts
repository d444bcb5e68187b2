import { spawn } from 'node:child_process'
import {
  START_VARIABLE,
  writeStartOptions,
  type StartOptions,
} from '#workstation/desk/start-options.ts'
import { NODE_VARIABLE } from '#workstation/analysis/worker-node.ts'
import { ROOT } from './built-window.ts'

/** What a loader ends with when a library of the system is missing, and a shell when a file cannot be run. */
const COULD_NOT_BEGIN = [126, 127]

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Opens Electron and waits until it ends. @returns why it could not begin; null where it ran. */
export function startElectron(executable: string, start: StartOptions): Promise<string | null> {
  const child = spawn(executable, [ROOT], {
    stdio: 'inherit',
    env: {
      ...process.env,
      [START_VARIABLE]: writeStartOptions(start),
      // Electron's own Node does not run the workers: this one does.
      [NODE_VARIABLE]: process.execPath,
      ELECTRON_RUN_AS_NODE: undefined,
    },
  })
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal)
  for (const signal of SIGNALS) process.on(signal, forward)
  return new Promise(resolve => {
    child.once('error', cause => resolve(`Electron could not be started (${cause.message})`))
    child.once('close', status => {
      for (const signal of SIGNALS) process.off(signal, forward)
      if (status !== null && COULD_NOT_BEGIN.includes(status)) {
        return resolve(`Electron could not begin (it ended with ${status})`)
      }
      process.exitCode = status ?? 1
      resolve(null)
    })
  })
}
