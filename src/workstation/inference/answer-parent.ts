import { enableCompileCache } from 'node:module'
import type { z } from 'zod'
import { startWatchdog } from '../analysis/watchdog.ts'

/**
 * The child's half of `askChild`: one request, one reply. The parent ends the process once it has the reply, so
 * that nothing depends on how native libraries unload.
 */
export function answerParent<Request>(
  request: z.ZodType<Request>,
  answer: (request: Request) => Promise<unknown>,
): void {
  enableCompileCache()
  startWatchdog(Number(process.argv[2]))
  process.on('disconnect', () => process.exit())
  process.once('message', (message: { readonly request: unknown }) => {
    void answer(request.parse(message.request)).then(reply => process.send!(reply))
  })
}
