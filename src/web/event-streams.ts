import type { ServerResponse } from 'node:http'
import type { Tell } from '#workstation/desk/desk.ts'
import type { WebLimits } from './limits.ts'
import type { Session } from './sessions.ts'

/** The pages that listen. */
export interface EventStreams {
  /** Answers with events for as long as the page stays. */
  open(session: Session, response: ServerResponse): void
  readonly tell: Tell
  close(): void
}

const NEWLINE = '\n'

/**
 * Events as lines of JSON, `{ name, told }`, in a response that does not end; an empty line is a heartbeat.
 *
 * Not a WebSocket: a browser cannot send a header with one, so the secret would have to go into its address or first
 * message. A fetch carries it like every other call.
 */
export function createEventStreams({
  heartbeatMs,
  waitingBytes,
}: Pick<WebLimits, 'heartbeatMs' | 'waitingBytes'>): EventStreams {
  const open = new Set<ServerResponse>()
  const heartbeat = setInterval(() => write(NEWLINE), heartbeatMs).unref()

  function write(line: string): void {
    for (const response of open) {
      if (response.writableLength > waitingBytes) response.destroy()
      else response.write(line)
    }
  }

  return {
    open(session, response) {
      const release = session.hold()
      const end = (): void => void response.end()
      session.ended.addEventListener('abort', end)
      response.once('close', () => {
        open.delete(response)
        session.ended.removeEventListener('abort', end)
        release()
      })
      open.add(response)
      response.write(NEWLINE)
    },

    tell(name, told) {
      if (open.size > 0) write(JSON.stringify({ name, told }) + NEWLINE)
    },

    close() {
      clearInterval(heartbeat)
      for (const response of open) response.end()
    },
  }
}
