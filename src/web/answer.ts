import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { calls } from '#contract/index.ts'
import { serve } from '#contract/serve.ts'
import type { Desk } from '#workstation/desk/desk.ts'
import { serveBundle } from '#workstation/serving/serve-bundle.ts'
import { refusalOf, type Approach } from './admission.ts'
import type { EventStreams } from './event-streams.ts'
import type { WebLimits } from './limits.ts'
import { readBody } from './read-body.ts'
import type { RefusalKind } from './refusal-notes.ts'
import { refuse, sendJson, sendResponse } from './send-response.ts'
import { SECURITY_HEADERS } from '#workstation/serving/security-headers.ts'
import type { Session, Sessions } from './sessions.ts'
import type { WrongCodes } from './wrong-codes.ts'

export interface AnswerParts {
  readonly port: number
  readonly desk: Desk
  readonly bundle: string
  readonly report: (cause: unknown) => string
  readonly limits: WebLimits
  readonly sessions: Sessions
  readonly streams: EventStreams
  readonly wrongCodes: WrongCodes
  readonly note: (kind: RefusalKind, detail: string) => void
}

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const Entrance = z.strictObject({ code: z.string().min(1).max(100) })
const ENTRANCE_BYTES = 1000
/** Somebody who follows a link from another page comes from elsewhere, too. */
const HOW_TO_OPEN = 'Type or paste the address that Parfocal shows in its terminal.\n'

/** Answers the page's requests: who is let in, its calls, its events, its pixels, and the page itself. */
export function createAnswer(parts: AnswerParts): Answer {
  const { port, desk, bundle, report, limits, sessions, streams, wrongCodes, note } = parts
  const listeners = new Map<string, (raw: unknown) => Promise<unknown>>()
  serve(calls, desk.api, { handle: (name, listener) => listeners.set(name, listener) }, report)
  const page = serveBundle(bundle)

  async function enter(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readJson(request, response, ENTRANCE_BYTES)
    if (body === null) return
    const entrance = Entrance.safeParse(body.value)
    if (!entrance.success) return refuse(response, 400)
    const keys = sessions.enter(entrance.data.code)
    if (keys === null) return refuseCode(response)
    const { secret, resume, resumed } = keys
    if (!resumed) desk.audit({ action: 'open', entity: 'window', entityId: 'web' })
    sendJson(response, 200, { secret, resume })
  }

  function refuseCode(response: ServerResponse): void {
    const waitMs = wrongCodes.waitMs()
    if (waitMs > 0) {
      note('too-many-codes', 'entrance')
      const seconds = String(Math.ceil(waitMs / 1000))
      return refuse(response, 429, { headers: { 'Retry-After': seconds } })
    }
    wrongCodes.note()
    note('wrong-code', 'entrance')
    refuse(response, 401)
  }

  async function call(
    name: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const listener = listeners.get(name)
    if (listener === undefined) return refuse(response, 404)
    const body = await readJson(request, response, limits.bodyBytes)
    if (body !== null) sendJson(response, 200, await listener(body.value))
  }

  /** What a request carries, or null after a refusal. A call without input has no body at all. */
  async function readJson(
    request: IncomingMessage,
    response: ServerResponse,
    mostBytes: number,
  ): Promise<{ readonly value: unknown } | null> {
    const type = request.headers['content-type'] ?? ''
    // A form can post any other type from any page without asking; this one it cannot.
    if (!/^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(type)) {
      note('content-type', type)
      refuse(response, 415)
      return null
    }
    const text = await readBody(request, mostBytes)
    if (text === null) {
      note('body-too-large', request.url ?? '')
      refuse(response, 413)
      return null
    }
    try {
      return { value: text === '' ? undefined : JSON.parse(text) }
    } catch {
      refuse(response, 400)
      return null
    }
  }

  async function pixels(path: string, response: ServerResponse): Promise<void> {
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const address = new URL(path, `http://127.0.0.1:${port}`)
    try {
      const answer = await desk.pixels(new Request(address, { signal: gone.signal }))
      // Another program that gets this port later could otherwise read the pixels from the browser's cache.
      answer.headers.append('Vary', 'Authorization')
      await sendResponse(response, answer)
    } catch (cause) {
      if (!gone.signal.aborted) throw cause
    }
  }

  function sessionOf(request: IncomingMessage, response: ServerResponse): Session | null {
    const secret = /^Bearer ([\w-]+)$/.exec(request.headers.authorization ?? '')?.[1]
    const session = secret === undefined ? null : sessions.admit(secret)
    if (session !== null) return session
    note('wrong-secret', request.url ?? '')
    refuse(response, 401)
    return null
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const approach = approachOf(request)
    const refusal = refusalOf(approach, port)
    if (refusal !== null) {
      note(refusal.why, `${approach.method} ${approach.hosts.join()} ${approach.origin ?? ''}`)
      return refuse(response, refusal.status, { text: HOW_TO_OPEN })
    }
    const { method, target } = approach
    const url = URL.parse(target, `http://127.0.0.1:${port}`)
    if (url === null) return refuse(response, 400)
    const path = url.pathname
    const [, area, rest] = /^\/(session$|api\/|events$|pixels\/)?(.*)$/.exec(path)!
    const allowed = area === undefined ? ['GET', 'HEAD'] : [isUnsafe(area) ? 'POST' : 'GET']
    if (!allowed.includes(method)) {
      note('method', `${method} ${path}`)
      return refuse(response, 405, { headers: { Allow: allowed.join(', ') } })
    }
    if (area === undefined) return sendResponse(response, await page(new Request(url, { method })))
    if (area === 'session') return enter(request, response)
    const session = sessionOf(request, response)
    if (session === null) return
    if (area === 'api/') return call(rest!, request, response)
    if (area === 'pixels/') return pixels(path, response)
    response.writeHead(200, {
      ...SECURITY_HEADERS,
      'Cache-Control': 'no-store',
      'Content-Type': 'application/x-ndjson; charset=utf-8',
    })
    streams.open(session, response)
  }

  return async (request, response) => {
    try {
      await route(request, response)
    } catch (cause) {
      // A request that was cut off while its body came is no mistake of ours.
      if (request.destroyed && !request.complete) return
      const ticket = report(cause)
      if (response.headersSent) response.destroy()
      else sendJson(response, 500, { ok: false, fault: { kind: 'unexpected', ticket } })
    }
  }
}

function isUnsafe(area: string): boolean {
  return area === 'session' || area === 'api/'
}

function approachOf({ method = '', url = '', headers, rawHeaders }: IncomingMessage): Approach {
  return {
    method,
    // Node keeps the first of several.
    hosts: rawHeaders.filter((_, i) => rawHeaders[i - 1]?.toLowerCase() === 'host' && i % 2 === 1),
    origin: headers.origin,
    fetchSite: headers['sec-fetch-site'] as string | undefined,
    target: url,
  }
}
