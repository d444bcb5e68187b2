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
 * Linear ramps over the inner half of the halo on both sides of every border between cores, ½ at the border
 * itself. The weights of all tiles at a pixel add up to 1, also where cores are narrower than their ramps.
 *
 * The outer half is left out, since there a tile misses most of what lies around it: blending therefore changes
 * nothing where a network looks no further than half the halo.
 */
export function tileWeights({ width, height, halo, step, tiles }: TilePlan): TileWeights {
  const reach = step * Math.ceil(halo / 2 / step)
  const columns = spansOf(tiles.map(({ core }) => acrossOf(core)))
  const rows = spansOf(tiles.map(({ core }) => downOf(core)))
  return {
    reach: ({ core }) => {
      const left = Math.max(0, core.left - reach)
      const top = Math.max(0, core.top - reach)
      return {
        left,
        top,
        width: Math.min(width, core.left + core.width + reach) - left,
        height: Math.min(height, core.top + core.height + reach) - top,
      }
    },
    of: ({ core }, across, down) => ({
      columns: share(acrossOf(core), columns, across, { reach, imageLength: width }),
      rows: share(downOf(core), rows, down, { reach, imageLength: height }),
    }),
  }
}

function acrossOf({ left, width }: Region): Span {
  return { start: left, end: left + width }
}

function downOf({ top, height }: Region): Span {
  return { start: top, end: top + height }
}

function spansOf(spans: readonly Span[]): Span[] {
  const byStart = new Map(spans.map(span => [span.start, span]))
  return [...byStart.values()]
}

interface Fade {
  /** Pixels on each side of a border over which tiles fade. */
  readonly reach: number
  readonly imageLength: number
}

function share(
  own: Span,
  all: readonly Span[],
  { start, length, pitch }: ScaledSpan,
  fade: Fade,
): Float64Array {
  const margin = 2 * fade.reach
  const near = all.filter(span => span.start < own.end + margin && span.end > own.start - margin)
  return Float64Array.from({ length }, (_, i) => {
    const place = Math.min(fade.imageLength, (start + i + 0.5) * pitch)
    const total = near.reduce((sum, span) => sum + ramp(span, place, fade), 0)
    return ramp(own, place, fade) / total
  })
}

function ramp({ start, end }: Span, place: number, { reach, imageLength }: Fade): number {
  if (reach === 0) return place >= start && place < end ? 1 : 0
  const rise = start === 0 ? 1 : (place - start + reach) / (2 * reach)
  const fall = end === imageLength ? 1 : (end + reach - place) / (2 * reach)
  return Math.max(0, Math.min(1, rise, fall))
}
