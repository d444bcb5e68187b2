import { fail, ok, type Result } from '#core/fault.ts'
import { askChild } from './ask-child.ts'
import type { PackageFault } from './packages/objection.ts'
import { ScanReply } from './scan-reply.ts'

/** Reading takes seconds for gigabytes. */
const DEADLINE_MS = 60_000
/** The largest ONNX file is one of 2 GB. */
const MEMORY_BYTES = 4 * 2 ** 30

/**
 * Whether an ONNX file may reach the runtime, by `scanOnnx`; in a child, as a large file takes long and much memory.
 *
 * @param name what faults call it
 */
export async function scanNetwork(path: string, name: string): Promise<Result<void, PackageFault>> {
  const answer = await askChild({
    entry: new URL('./scan-child.ts', import.meta.url),
    request: { path, name },
    reply: ScanReply,
    deadlineMs: DEADLINE_MS,
    memoryBytes: MEMORY_BYTES,
  })
  if (answer.ok) return answer.reply.kind === 'scanned' ? ok(undefined) : fail(answer.reply.fault)
  const refuse = (detail: string) => fail({ kind: 'model-refused', path: name, detail } as const)
  switch (answer.loss) {
    case 'deadline':
      return refuse(`reading its weights did not end within ${DEADLINE_MS / 1000} seconds`)
    case 'memory':
      return refuse(`reading its weights took more than ${MEMORY_BYTES / 2 ** 20} MB of memory`)
    case 'ended':
      return refuse(`reading its weights crashed (${answer.detail})`)
  }
}
