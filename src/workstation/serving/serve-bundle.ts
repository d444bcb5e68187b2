import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { SECURITY_HEADERS } from './security-headers.ts'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Its name holds a hash of what is in it, so another content has another name. The page has the same name for ever. */
const ASSET = /^assets\/.+-[\w-]{8}\.\w+$/

/** Serves the built window from a folder, and nothing outside it. */
export function serveBundle(folder: string): (request: Request) => Promise<Response> {
  return async request => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
    const name = bundledName(new URL(request.url).pathname)
    const type = name === null ? undefined : CONTENT_TYPES[extname(name)]
    if (name === null || type === undefined) return refuse(404)
    try {
      const bytes = await readFile(join(folder, name))
      const headers = {
        ...SECURITY_HEADERS,
        'Content-Type': type,
        'Cache-Control': ASSET.test(name) ? 'public, max-age=31536000, immutable' : 'no-store',
      }
      return new Response(request.method === 'HEAD' ? null : bytes, { headers })
    } catch {
      return refuse(404)
    }
  }
}

/**
 * The file a path asks for, or null where it could lead out of the bundle.
 *
 * Says what is allowed, not what is forbidden: plain names, none of which starts with a dot. An encoded
 * slash, a backslash, a drive letter or a NUL is none of these.
 */
export function bundledName(pathname: string): string | null {
  if (pathname === '/') return 'index.html'
  return /^(\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$/.test(pathname) ? pathname.slice(1) : null
}

function refuse(status: 404 | 405): Response {
  return new Response(null, {
    status,
    headers: { ...SECURITY_HEADERS, 'Cache-Control': 'no-store' },
  })
}
