import { parsePixelPath, type PixelRequest } from '#contract/pixels.ts'
import { assertNever, fail, ok, type Fault, type Result } from '#core/fault.ts'
import type { Workbench } from '../analysis/process-field.ts'
import type { PageFile } from '../reading/read-page.ts'
import { SECURITY_HEADERS } from '../serving/security-headers.ts'
import { labelImageOf, pixelFileOf, predictionMapOf } from '../store/pixel-files.ts'
import { readAtlas } from './atlas.ts'
import { faultStatus } from './fault-status.ts'
import { createFileCheck } from './file-check.ts'
import { pixelVersion } from './pixel-version.ts'
import { tileName } from './tile-pieces.ts'
import { ABOUT, WHOLE, type Piece } from './view-file.ts'
import {
  labelsView,
  mapView,
  planeView,
  predictionMapView,
  thumbnailView,
  type View,
} from './view.ts'
import { createViews } from './views.ts'

export interface PixelServing {
  /** Writes a mistake of ours to the log and gives its ticket. */
  readonly report: (cause: unknown) => string
  /** What the view cache may hold. */
  readonly cacheBytes?: number
}

/** Some 80 fields of 2160 × 2160 pixels in four channels. */
const CACHE_BYTES = 4 * 2 ** 30

/**
 * Answers the addresses of contract/pixels.ts, the same for every host.
 *
 * Nothing is decoded here: the workers leave what they made in the view cache, from which it is handed out piece by piece.
 */
export function servePixels(
  bench: Workbench,
  { report, cacheBytes = CACHE_BYTES }: PixelServing,
): (request: Request) => Promise<Response> {
  const { store, pool } = bench
  const views = createViews(store.folder, pool, cacheBytes)
  const check = createFileCheck()

  async function answer(asked: PixelRequest, signal: AbortSignal): Promise<Result<Answer>> {
    switch (asked.kind) {
      case 'atlas':
        return readAtlas({ store, views, hands: pool.size }, asked, signal)
      case 'labels': {
        const { record, level, column, row } = asked
        const location = labelImageOf(store.db, record)
        if (location === undefined) return fail({ kind: 'record-not-found', record })
        return pieceOf(labelsView(store.folder, location), tileName(level, column, row), signal)
      }
      case 'prediction-map': {
        const { record, map } = asked
        const location = predictionMapOf(store.db, record, map)
        if (location === undefined) return fail({ kind: 'record-not-found', record })
        return pieceOf(predictionMapView(store.folder, location), WHOLE, signal)
      }
      case 'about':
      case 'tile':
      case 'map':
      case 'thumbnail': {
        const { planeId, version } = asked
        const file = pixelFileOf(store.db, planeId)
        if (file === undefined) return fail({ kind: 'plane-not-found', planeId })
        const same = version === pixelVersion(file) && (await check.isSame(file))
        if (!same) return fail({ kind: 'file-changed', path: file.path })
        const { view, piece } = viewOfPlane(asked, file)
        return pieceOf(view, piece, signal)
      }
      default:
        return assertNever(asked)
    }
  }

  function viewOfPlane(
    asked: Extract<PixelRequest, { version: string }>,
    file: PageFile,
  ): { readonly view: View; readonly piece: string } {
    switch (asked.kind) {
      case 'about':
        return { view: planeView(file), piece: ABOUT }
      case 'tile':
        return { view: planeView(file), piece: tileName(asked.level, asked.column, asked.row) }
      case 'thumbnail':
        return { view: thumbnailView(file), piece: WHOLE }
      case 'map': {
        const { edgeSignificance } = bench.recorder.recipe.quality.metrics
        return { view: mapView(file, asked.map, edgeSignificance), piece: WHOLE }
      }
      default:
        return assertNever(asked)
    }
  }

  async function pieceOf(view: View, name: string, signal: AbortSignal): Promise<Result<Answer>> {
    const found = await views.piece(view, name, signal)
    if (!found.ok) return found
    return found.value === null ? noSuch(name) : ok({ piece: found.value, missing: null })
  }

  return async ({ url, method, signal }) => {
    if (method !== 'GET' && method !== 'HEAD') return refuse(405, { Allow: 'GET, HEAD' })
    const { pathname } = new URL(url)
    const asked = parsePixelPath(pathname)
    try {
      const found = asked === null ? noSuch(pathname) : await answer(asked, signal)
      if (!found.ok) return faultResponse(found.fault)
      const headers = { ...describe(found.value), ...cachingOf(found.value) }
      const { bytes } = found.value.piece
      return new Response(method === 'HEAD' ? null : (bytes as BodyInit), { headers })
    } catch (cause) {
      // Nobody reads this any more.
      if (signal.aborted) return refuse(499)
      return faultResponse({ kind: 'unexpected', ticket: report(cause) })
    }
  }
}

interface Answer {
  readonly piece: Piece
  /** For an atlas: thumbnails that are still to be made. */
  readonly missing: number | null
}

function noSuch(detail: string): Result<never> {
  return fail({ kind: 'bad-request', call: 'pixels', detail })
}

function describe({ piece, missing }: Answer): Record<string, string> {
  const { type, width, height, step, bytes } = piece
  const length = { 'Content-Length': String(bytes.length) }
  if (type === 'json') return { ...length, 'Content-Type': 'application/json' }
  return {
    ...length,
    'Content-Type': 'application/octet-stream',
    'Pixel-Type': type,
    'Pixel-Width': String(width),
    'Pixel-Height': String(height),
    'Map-Step': String(step),
    ...(missing === null ? {} : { 'Atlas-Missing': String(missing) }),
  }
}

/** An address with a version never gets another answer; an atlas goes with its plate. */
function cachingOf({ missing }: Answer): Record<string, string> {
  const caching = missing === null ? 'private, max-age=31536000, immutable' : 'no-store'
  return { ...SECURITY_HEADERS, 'Cache-Control': caching }
}

function faultResponse(fault: Fault): Response {
  return Response.json(fault, {
    status: faultStatus(fault.kind),
    headers: { ...SECURITY_HEADERS, 'Cache-Control': 'no-store' },
  })
}

function refuse(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { ...SECURITY_HEADERS, ...headers } })
}
