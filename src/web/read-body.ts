import type { IncomingMessage } from 'node:http'

/** The body of a request as text, or null where it is longer than allowed; the rest of that is not read. */
export async function readBody(
  request: IncomingMessage,
  mostBytes: number,
): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return null
  const parts: Buffer[] = []
  let bytes = 0
  // Leaving the loop must not hang up: the answer has to go out first.
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    bytes += (part as Buffer).length
    if (bytes > mostBytes) return null
    parts.push(part as Buffer)
  }
  return Buffer.concat(parts).toString('utf8')
}
