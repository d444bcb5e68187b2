import { THUMBNAIL } from '#contract/pixels.ts'
import type { Plane } from '#core/image/plane.ts'
import { thumbnailOf } from '#core/image/thumbnail.ts'
import type { ReadPlane } from '../analysis/plane-cache.ts'
import { attempt } from '../store/store-fault.ts'
import { bytesOfPixels } from './tile-pieces.ts'
import { unfinishedView } from './view-cache.ts'
import { WHOLE, writeView, type Piece } from './view-file.ts'
import type { ThumbnailOrder } from './view-job.ts'

/** Keeps the small picture of a plane that was read to be judged. What goes wrong costs the picture, not the verdict. */
export function keepThumbnail(order: ThumbnailOrder, { plane, file, modified }: ReadPlane): void {
  const { store, path, bytes } = order
  if (file.bytes !== bytes || modified !== order.modified) return
  attempt(store, () => writeView(path, unfinishedView(store), [thumbnailPiece(plane)]))
}

/** A plane in one small image. */
export function thumbnailPiece(plane: Plane): Piece {
  const { width, height, pixels } = thumbnailOf(plane, THUMBNAIL)
  const step = Math.max(1, Math.ceil(Math.max(plane.width, plane.height) / THUMBNAIL))
  return { name: WHOLE, type: 'uint16', width, height, step, bytes: bytesOfPixels(pixels) }
}
