import { TILE, type PlaneDescription } from '#contract/pixels.ts'
import { ok, type Result } from '#core/fault.ts'
import { contrastOf, contrastOfSamples, greyImage } from '../../lib/grey.ts'
import type { PixelSource } from '../../lib/pixels.ts'
import type { Shelved } from './image-shelf.ts'

/** Longest side that is decoded, in pixels: as large as a plane is shown on most screens. */
const LARGEST = 1536

/** Fetches a plane at the size at which it is looked at, with contrast by its own percentiles. */
export function decodePlane(pixels: PixelSource) {
  return async (
    { planeId, version }: Shelved,
    signal: AbortSignal,
  ): Promise<Result<ImageBitmap>> => {
    const about = await pixels.json<PlaneDescription>({ kind: 'about', planeId, version }, signal)
    if (!about.ok) return about
    const grid = tileGrid(about.value)
    const { level } = grid
    const tiles = await Promise.all(
      grid.tiles.map(({ column, row }) =>
        pixels.samples({ kind: 'tile', planeId, version, level, column, row }, signal),
      ),
    )
    const contrast = contrastOf(about.value.percentiles)
    const canvas = new OffscreenCanvas(grid.width, grid.height)
    const context = canvas.getContext('2d', { alpha: false })!
    for (const [i, { column, row }] of grid.tiles.entries()) {
      const tile = tiles[i]!
      if (!tile.ok) return tile
      context.putImageData(greyImage(tile.value, contrast), column * TILE, row * TILE)
    }
    return ok(canvas.transferToImageBitmap())
  }
}

/** Fetches the thumbnail of a plane, with contrast by its own values. */
export function decodeThumbnail(pixels: PixelSource) {
  return async (
    { planeId, version }: Shelved,
    signal: AbortSignal,
  ): Promise<Result<ImageBitmap>> => {
    const reply = await pixels.samples({ kind: 'thumbnail', planeId, version }, signal)
    if (!reply.ok) return reply
    const image = greyImage(reply.value, contrastOfSamples(reply.value.data))
    return ok(await createImageBitmap(image))
  }
}

export interface TileGrid {
  readonly level: number
  /** Of the plane at this level. */
  readonly width: number
  readonly height: number
  readonly tiles: readonly { readonly column: number; readonly row: number }[]
}

/** The tiles of a plane at the finest level that is no larger than needed. */
export function tileGrid({
  width,
  height,
  levels,
}: Pick<PlaneDescription, 'width' | 'height' | 'levels'>): TileGrid {
  const needed = Math.ceil(Math.log2(Math.max(width, height) / LARGEST))
  const level = Math.max(0, Math.min(levels - 1, needed))
  const side = (length: number): number => Math.ceil(length / 2 ** level)
  const size = { width: side(width), height: side(height) }
  const columns = Math.ceil(size.width / TILE)
  const rows = Math.ceil(size.height / TILE)
  const tiles = Array.from({ length: columns * rows }, (_, i) => ({
    column: i % columns,
    row: Math.floor(i / columns),
  }))
  return { level, ...size, tiles }
}
