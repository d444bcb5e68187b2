import type { Region } from './pad-reflect.ts'
import type { Tile, TilePlan } from './tile-plan.ts'

/** How much each tile counts where tiles overlap. */
export interface TileWeights {
  /** The part of a tile that lies in the image. */
  readonly reach: (tile: Tile) => Region
  /** Factors for the pixels of an output; a pixel's weight is that of its row times that of its column. */
  readonly of: (
    tile: Tile,
    across: ScaledSpan,
    down: ScaledSpan,
  ) => { readonly columns: Float64Array; readonly rows: Float64Array }
}

/** Part of an output along one axis. */
export interface ScaledSpan {
  /** First pixel in the whole output, and in the tile's. */
  readonly start: number
  readonly from: number
  readonly length: number
  /** Of the whole output. */
  readonly full: number
  /** Pixels of the image in one of the output. */
  readonly pitch: number
}

/** A core along one axis. */
interface Span {
  readonly start: number
  readonly end: number
}

/**
 * Linear ramps over the halo on both sides of every border between cores, ½ at the border itself. The weights
 * of all tiles at a pixel add up to 1, also where cores are narrower than their ramps.
 */
export function tileWeights({ width, height, halo, tiles }: TilePlan): TileWeights {
  const columns = spansOf(
    tiles.map(({ core }) => ({ start: core.left, end: core.left + core.width })),
  )
  const rows = spansOf(tiles.map(({ core }) => ({ start: core.top, end: core.top + core.height })))
  return {
    reach: ({ core }) => {
      const left = Math.max(0, core.left - halo)
      const top = Math.max(0, core.top - halo)
      return {
        left,
        top,
        width: Math.min(width, core.left + core.width + halo) - left,
        height: Math.min(height, core.top + core.height + halo) - top,
      }
    },
    of: ({ core }, across, down) => ({
      columns: share(
        { start: core.left, end: core.left + core.width },
        columns,
        across,
        halo,
        width,
      ),
      rows: share({ start: core.top, end: core.top + core.height }, rows, down, halo, height),
    }),
  }
}

function spansOf(spans: readonly Span[]): Span[] {
  const byStart = new Map(spans.map(span => [span.start, span]))
  return [...byStart.values()]
}

function share(
  own: Span,
  all: readonly Span[],
  { start, length, pitch }: ScaledSpan,
  halo: number,
  imageLength: number,
): Float64Array {
  const near = all.filter(
    ({ start: first, end }) => first < own.end + 2 * halo && end > own.start - 2 * halo,
  )
  return Float64Array.from({ length }, (_, i) => {
    const place = Math.min(imageLength, (start + i + 0.5) * pitch)
    const total = near.reduce((sum, span) => sum + ramp(span, place, halo, imageLength), 0)
    return ramp(own, place, halo, imageLength) / total
  })
}

function ramp({ start, end }: Span, place: number, halo: number, imageLength: number): number {
  if (halo === 0) return place >= start && place < end ? 1 : 0
  const rise = start === 0 ? 1 : (place - start + halo) / (2 * halo)
  const fall = end === imageLength ? 1 : (end + halo - place) / (2 * halo)
  return Math.max(0, Math.min(1, rise, fall))
}
