import { fitSize } from './fit-size.ts'
import type { AxisSize } from './model-description.ts'
import type { Region } from './pad-reflect.ts'

/** A piece of the image that goes through the network at once. */
export interface Tile {
  /** What is fed, in pixels of the image; it reaches beyond the image at its borders. */
  readonly input: Region
  /** What is kept. The cores of a plan cover each pixel of the image exactly once. */
  readonly core: Region
}

export interface TilePlan {
  /** Of the image. */
  readonly width: number
  readonly height: number
  readonly tileWidth: number
  readonly tileHeight: number
  /** Pixels fed around a core, a multiple of `step`. */
  readonly halo: number
  readonly step: number
  /** Row by row. */
  readonly tiles: readonly Tile[]
}

export interface TileRequest {
  readonly width: number
  readonly height: number
  /** Longest side of a tile with its halo, in pixels. */
  readonly tile: number
  /** How far a pixel of the result looks around itself; it is rounded up to a multiple of `step`. */
  readonly halo: number
  /** Product of the network's pooling factors: tiles begin at multiples of it, so all see the same grid. */
  readonly step: number
  /** Lengths that the network takes; by default every multiple of `step`. */
  readonly sizes?: { readonly width: AxisSize; readonly height: AxisSize }
}

/**
 * Cuts an image into tiles of equal size whose results fit together without a seam.
 *
 * Tiles are as few as the largest size allows and no larger than it takes. Every core has the whole halo on
 * all sides, at the image's border too, where it is mirrored: what a network pads by itself then never
 * reaches a pixel that is kept, and one tile over the whole image gives what many give.
 *
 * Throws RangeError where a tile is too small to have a core, or the network takes no such length.
 */
export function planTiles(request: TileRequest): TilePlan {
  const { width, height, tile, step } = request
  if (!(width >= 1 && height >= 1 && step >= 1)) {
    throw new RangeError(`Cannot tile ${width} × ${height} pixels in steps of ${step}`)
  }
  const halo = Math.ceil(request.halo / step) * step
  const free: AxisSize = { kind: 'stepped', min: step, step }
  const columns = cutAxis(width, { tile, halo, step }, request.sizes?.width ?? free)
  const rows = cutAxis(height, { tile, halo, step }, request.sizes?.height ?? free)
  const tiles = rows.cores.flatMap(row =>
    columns.cores.map(column => ({
      input: {
        left: column.start - halo,
        top: row.start - halo,
        width: columns.length,
        height: rows.length,
      },
      core: { left: column.start, top: row.start, width: column.length, height: row.length },
    })),
  )
  return { width, height, tileWidth: columns.length, tileHeight: rows.length, halo, step, tiles }
}

interface AxisCut {
  /** Of a tile. */
  readonly length: number
  readonly cores: readonly { readonly start: number; readonly length: number }[]
}

function cutAxis(
  length: number,
  { tile, halo, step }: { readonly tile: number; readonly halo: number; readonly step: number },
  sizes: AxisSize,
): AxisCut {
  const largest = largestLegal(sizes, tile)
  const steps = Math.floor((largest - 2 * halo) / step)
  if (steps < 1) {
    throw new RangeError(`A tile of ${largest} pixels has no room inside a halo of ${halo}`)
  }
  const needed = Math.ceil(length / step)
  const count = Math.ceil(needed / steps)
  const starts = Array.from({ length: count + 1 }, (_, i) =>
    Math.min(length, step * Math.floor((i * needed) / count)),
  )
  const longest = step * Math.ceil(needed / count)
  const fitted = fitSize(sizes, longest + 2 * halo)
  return {
    length: fitted === null ? largest : fitted.length,
    cores: starts.slice(0, -1).map((start, i) => ({ start, length: starts[i + 1]! - start })),
  }
}

function largestLegal(sizes: AxisSize, most: number): number {
  switch (sizes.kind) {
    case 'fixed':
      return sizes.size
    case 'stepped':
      if (sizes.step <= 0 || most <= sizes.min) return sizes.min
      return sizes.min + sizes.step * Math.floor((most - sizes.min) / sizes.step)
    case 'reference':
    case 'dependent':
      throw new RangeError('The length of this axis follows from another tensor')
  }
}
