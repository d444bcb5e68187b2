import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { SECURITY_HEADERS } from '#workstation/serving/security-headers.ts'

/** What a refusal says beside its status. */
interface RefusalWords {
  readonly headers?: Readonly<Record<string, string>>
  /** For a person, where one may see it. */
  readonly text?: string
}

/** Answers with JSON that no cache keeps. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value))
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'Cache-Control': 'no-store',
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
  })
  response.end(body)
}

/** Answers with a refusal and hangs up, so that what is left of the request is not read. */
export function refuse(
  response: ServerResponse,
  status: number,
  { headers = {}, text = '' }: RefusalWords = {},
): void {
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'Cache-Control': 'no-store',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    Connection: 'close',
    ...headers,
  })
  response.end(text)
}

/** Passes on what a `(Request) => Response` function answered; ends early when the page has gone. */
export async function sendResponse(response: ServerResponse, answer: Response): Promise<void> {
  // Headers know that two spellings are one name; an object would send both.
  const headers = new Headers(SECURITY_HEADERS)
  for (const [name, value] of answer.headers) headers.set(name, value)
  response.writeHead(answer.status, Object.fromEntries(headers))
  if (answer.body === null) return void response.end()
  try {
    await pipeline(Readable.fromWeb(answer.body as ReadableStream), response)
  } catch (cause) {
    // A page may go away in the middle: its own affair. `pipeline` has let go of both ends.
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw cause
  }
}
