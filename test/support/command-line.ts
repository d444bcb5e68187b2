import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ENTRY = fileURLToPath(new URL('../../src/cli/parfocal.ts', import.meta.url))

export interface CommandResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts `parfocal …` as a user would, standing in `folder`. */
export function startParfocal(args: readonly string[], folder: string): ChildProcess {
  return spawn(process.execPath, [ENTRY, ...args], {
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Runs `parfocal …` to its end. */
export function parfocal(args: readonly string[], folder: string): Promise<CommandResult> {
  const child = startParfocal(args, folder)
  let stdout = ''
  let stderr = ''
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise(resolve => {
    child.once('close', code => resolve({ code, stdout, stderr }))
  })
}
