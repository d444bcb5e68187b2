import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fail, ok, type Result } from '#core/fault.ts'
import type { Desk, Tell } from '#workstation/desk/desk.ts'
import { createAnswer } from './answer.ts'
import { createEventStreams } from './event-streams.ts'
import { WEB_LIMITS, type WebLimits } from './limits.ts'
import { noteRefusals } from './refusal-notes.ts'
import { createSessions } from './sessions.ts'
import { countWrongCodes } from './wrong-codes.ts'

/** The workstation on a port of this machine, for a browser on this machine. */
export interface WebHost {
  /**
   * Where the window is, with a new one-time code. It lives a minute in an address that goes to the browser at once,
   * as other users of the machine can read a browser's command line, and ten in one that a person reads.
   */
  address(goesTo?: 'reader' | 'browser'): string
  /** Tells every page what the desk does not know of. */
  readonly tell: Tell
  close(): Promise<void>
}

export interface WebHostOptions {
  readonly desk: Desk
  /** The folder of the built window. */
  readonly bundle: string
  /** 0 takes one that is free. */
  readonly port: number
  /** Writes a mistake of ours to the log and gives its ticket. */
  readonly report: (cause: unknown) => string
  readonly limits?: Partial<WebLimits>
  readonly now?: () => number
}

export async function openWebHost({
  desk,
  bundle,
  port: wanted,
  report,
  limits: others = {},
  now = Date.now,
}: WebHostOptions): Promise<Result<WebHost>> {
  const limits = { ...WEB_LIMITS, ...others }
  const server = createServer({
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: Math.min(1000, limits.headersMs),
    keepAliveTimeout: 5000,
    maxHeaderSize: 16 * 1024,
  })
  server.maxConnections = limits.connections
  const listening = await listenOnLoopback(server, wanted)
  if (!listening.ok) return listening
  const port = listening.value
  const sessions = createSessions(limits, now)
  const streams = createEventStreams(limits)
  const audit: Desk['audit'] = event => {
    try {
      desk.audit(event)
    } catch (cause) {
      report(cause)
    }
  }
  const answer = createAnswer({
    port,
    desk: { ...desk, audit },
    bundle,
    report,
    limits,
    sessions,
    streams,
    wrongCodes: countWrongCodes(limits.wrongCodes, now),
    note: noteRefusals(audit, now),
  })
  server.on('request', (request, response) => void answer(request, response))
  const stopTelling = desk.listen(streams.tell)
  return ok({
    address(goesTo = 'reader') {
      const lifeMs = goesTo === 'reader' ? limits.printedCodeMs : limits.openedCodeMs
      return `http://127.0.0.1:${port}/#${sessions.issueCode(lifeMs)}`
    },

    tell: streams.tell,

    async close() {
      stopTelling()
      streams.close()
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  })
}

/** Only this machine can connect: nothing listens on the network. */
function listenOnLoopback(server: Server, wanted: number): Promise<Result<number>> {
  return new Promise(resolve => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      resolve(
        fail({
          kind: 'bad-option',
          option: '--port',
          value: `${wanted} (${cause.code === 'EADDRINUSE' ? 'another program uses it' : cause.message})`,
          allowed: 'a port that is free, or 0 for any',
        }),
      ),
    )
    server.listen({ host: '127.0.0.1', port: wanted, exclusive: true }, () => {
      resolve(ok((server.address() as AddressInfo).port))
    })
  })
}
