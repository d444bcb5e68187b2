import { serveBundle } from '#workstation/serving/serve-bundle.ts'
import { isOurs } from './origin.ts'

/** Answers everything that the window asks for by its own scheme: pixels, and the page itself. */
export function serveWindow(
  bundle: string,
  pixels: (request: Request) => Promise<Response>,
): (request: Request) => Promise<Response> {
  const page = serveBundle(bundle)
  return async request => {
    if (!isOurs(request.url)) return new Response(null, { status: 404 })
    return new URL(request.url).pathname.startsWith('/pixels/') ? pixels(request) : page(request)
  }
}
