import type { PlateId } from '#core/brand.ts'
import { fail, ok, type Result } from '#core/fault.ts'
import { PLATE_FORMATS, parseWell, smallestPlate } from '#core/plate/well.ts'
import { mapAtMost } from '../map-at-most.ts'
import type { ReadableDb } from '../store/db.ts'
import { firstFieldPlanes, imagedWells, type FirstFieldPlane } from '../store/pixel-files.ts'
import { plateIsKnown } from '../store/plates.ts'
import { viewPath } from './view-cache.ts'
import { PARTIAL, WHOLE, type Piece } from './view-file.ts'
import { thumbnailName, thumbnailView, type View } from './view.ts'
import type { Views } from './views.ts'

export interface AtlasRequest {
  readonly plateId: PlateId
  readonly channel: string
  readonly size: number
}

export interface AtlasSources {
  readonly store: { readonly folder: string; readonly db: ReadableDb }
  readonly views: Views
  /** Thumbnails that are made at once. */
  readonly hands: number
}

export interface AtlasAnswer {
  readonly piece: Piece
  /** Thumbnails that are still to be made. */
  readonly missing: number
}

/** Thumbnails that are missing are made for so long before the atlas is handed out without the rest. */
const PATIENCE_MS = 500

/** All wells of a plate in one image. */
export async function readAtlas(
  { store, views, hands }: AtlasSources,
  request: AtlasRequest,
  signal: AbortSignal,
): Promise<Result<AtlasAnswer>> {
  const { plateId } = request
  if (!plateIsKnown(store.db, plateId)) return fail({ kind: 'plate-not-found', plateId })
  const planes = focalPlanes(firstFieldPlanes(store.db, plateId, request.channel))
  const atlas = atlasView(store, request, planes)
  const whole = await views.kept(atlas, WHOLE)
  if (whole !== null) return ok({ piece: whole, missing: 0 })

  const first = await views.make(atlas, WHOLE, signal)
  if (!first.ok) return first
  const lacking = first.value.missing.map(place => planes[place]!)
  const until = performance.now() + PATIENCE_MS
  let waiting = lacking.length
  await mapAtMost(hands, lacking, async plane => {
    if (performance.now() > until) return
    // One that cannot be read leaves its cell empty: that is told where its plane is shown.
    await views.make(thumbnailView(plane), WHOLE, signal)
    waiting -= 1
  })
  if (lacking.length > 0) {
    const second = await views.make(atlas, WHOLE, signal)
    if (!second.ok) return second
  }
  const piece = (await views.kept(atlas, WHOLE)) ?? (await views.kept(atlas, PARTIAL))
  if (piece === null) return fail({ kind: 'artifact-missing', path: store.folder })
  return ok({ piece, missing: waiting })
}

/** Of each well the projection, or the middle one of its focal planes. */
export function focalPlanes(planes: readonly FirstFieldPlane[]): readonly FirstFieldPlane[] {
  return [...Map.groupBy(planes, ({ well }) => well).values()].map(stack => {
    const projection = stack.find(plane => plane.projection === 1)
    return projection ?? stack[Math.floor((stack.length - 1) / 2)]!
  })
}

function atlasView(
  { db, folder }: AtlasSources['store'],
  { plateId, size }: AtlasRequest,
  planes: readonly FirstFieldPlane[],
): View {
  const places = imagedWells(db, plateId).flatMap(well => parseWell(well) ?? [])
  const format = smallestPlate(places)
  const { rows, columns } = format === null ? { rows: 0, columns: 0 } : PLATE_FORMATS[format]
  const cells = planes.flatMap(plane => {
    const place = parseWell(plane.well)
    if (place === null || place.row >= rows || place.column >= columns) return []
    return [{ ...place, thumbnail: viewPath(folder, thumbnailName(plane)) }]
  })
  return {
    name: `atlas ${JSON.stringify([rows, columns, size, cells])}`,
    order: { kind: 'atlas', rows, columns, size, cells },
    about: folder,
  }
}
