import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import { MEMORY_EXCEEDED } from '../analysis/watchdog.ts'
import { workerNode } from '../analysis/worker-node.ts'

/** A question for a child process that answers once and ends. */
export interface ChildQuestion<Reply> {
  /** The child's entry: takes its limit of memory in bytes as an argument and the request as its first message. */
  readonly entry: URL
  readonly request: unknown
  readonly reply: z.ZodType<Reply>
  readonly deadlineMs: number
  /** Largest resident memory, in bytes. */
  readonly memoryBytes: number
}

export type ChildAnswer<Reply> = {
  /** The end of what it wrote on stderr. */
  readonly complaint: string
} & (
  | { readonly ok: true; readonly reply: Reply }
  | { readonly ok: false; readonly loss: 'deadline' }
  | { readonly ok: false; readonly loss: 'memory' }
  | { readonly ok: false; readonly loss: 'ended'; readonly detail: string }
)

const KEPT_STDERR = 8_000

/**
 * Asks a child that may loop, crash or eat memory: at the deadline it is ended from outside, which works in the
 * middle of native code, and a thread of its own ends it when it passes its memory.
 */
export async function askChild<Reply>(question: ChildQuestion<Reply>): Promise<ChildAnswer<Reply>> {
  const { entry, request, reply, deadlineMs, memoryBytes } = question
  const node = [
    `--max-old-space-size=${Math.ceil(memoryBytes / 2 ** 20)}`,
    '--disable-warning=ExperimentalWarning',
  ]
  const child = spawn(workerNode(), [...node, fileURLToPath(entry), String(memoryBytes)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
  let complaint = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-KEPT_STDERR)
  })
  let answer: unknown
  let late = false
  child.once('message', message => {
    answer = message
    child.kill('SIGKILL')
  })
  const timer = setTimeout(() => {
    late = true
    child.kill('SIGKILL')
  }, deadlineMs)
  child.send({ request }, () => {
    // A child that is gone is told by its end.
  })
  const end = await new Promise<string>(resolve => {
    child.once('error', cause => resolve(cause.message))
    // `close` comes after the last byte of stderr.
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  clearTimeout(timer)
  if (answer !== undefined) {
    const parsed = reply.safeParse(answer)
    if (parsed.success) return { ok: true, reply: parsed.data, complaint }
    return { ok: false, loss: 'ended', detail: 'its reply makes no sense', complaint }
  }
  if (late) return { ok: false, loss: 'deadline', complaint }
  if (complaint.includes(MEMORY_EXCEEDED) || complaint.includes('heap out of memory')) {
    return { ok: false, loss: 'memory', complaint }
  }
  return { ok: false, loss: 'ended', detail: end, complaint }
}
