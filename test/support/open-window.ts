import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const ENTRY = fileURLToPath(new URL('../../src/cli/parfocal.ts', import.meta.url))

/** A workstation that runs for a test, with a loopback host. */
export interface RunningWorkstation {
  /** `http://127.0.0.1:PORT/#CODE` */
  readonly address: string
  readonly process: ChildProcess
  /** What it said on stderr so far. */
  said(): string
  /** Asks it to stop; its exit code. */
  stop(): Promise<number | null>
}

/** `parfocal start … --host web --no-open`, once the window can be opened. */
export async function startWorkstation(...args: readonly string[]): Promise<RunningWorkstation> {
  const child = spawn(process.execPath, [ENTRY, 'start', ...args, '--host', 'web', '--no-open'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString()
      const line = stdout.split('\n').find(text => /^http:\/\/127\.0\.0\.1:\d+\/#\S+$/.test(text))
      if (line !== undefined) resolve(line)
    })
    child.once('close', code => reject(new Error(`It ended with ${code}.\n${stderr}`)))
  })
  return {
    address,
    process: child,
    said: () => stderr,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      child.kill('SIGTERM')
      await once(child, 'close')
      return child.exitCode
    },
  }
}
