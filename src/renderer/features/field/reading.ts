import type { Samples } from '../../lib/pixels.ts'
import { TILE } from '#contract/pixels.ts'
import type { Point } from './camera.ts'
import { channelKey, channelWish, labelKey, labelWish } from './frame.ts'
import { mapValueAt, type LaidMap } from './laid-map.ts'
import type { Picture } from './picture.ts'
import { tileAt, type TilePlace } from './tile-choice.ts'
import type { TileWish } from './tile-loader.ts'

/** What is under the cursor, from the samples of the file themselves. */
export interface Reading {
  /** Whole image pixels. */
  readonly x: number
  readonly y: number
  readonly pane: number
  readonly pixelSize: number | null
  /** Null while the samples are on their way. */
  readonly values: readonly { readonly channel: string; readonly value: number | null }[]
  /** The object's number; 0 between objects, and while it is not known. */
  readonly label: number
  /** Of the map over the picture; NaN where it cannot tell. */
  readonly map: { readonly name: string; readonly value: number } | null
}

/** A map to be read under the cursor. */
type ReadMap = Pick<LaidMap, 'samples' | 'scaleX' | 'scaleY' | 'name' | 'fullScale'>

/** The tiles in which a point of a picture can be read. */
export function wishesUnder(picture: Picture, { x, y }: Point): readonly TileWish[] {
  const tile = tileAt(x, y, picture.size)
  if (tile === null) return []
  return [
    ...picture.channels.map(channel => channelWish(channel, tile)),
    ...(picture.labels === null ? [] : [labelWish(picture.labels, tile)]),
  ]
}

export function keysUnder(picture: Picture, point: Point): readonly string[] {
  return wishesUnder(picture, point).map(({ key }) => key)
}

/** Reads a point; null beside the image. */
export function readingAt(
  picture: Picture,
  { x, y }: Point,
  pane: number,
  samplesOf: (key: string) => Samples | undefined,
  map: ReadMap | null = null,
): Reading | null {
  const tile = tileAt(x, y, picture.size)
  if (tile === null) return null
  const [column, row] = [Math.floor(x), Math.floor(y)]
  const at = (key: string): number | null => valueAt(samplesOf(key), tile, column, row)
  return {
    x: column,
    y: row,
    pane,
    pixelSize: picture.pixelSize,
    values: picture.channels.map(channel => ({
      channel: channel.channel,
      value: at(channelKey(channel, tile)),
    })),
    label: picture.labels === null ? 0 : (at(labelKey(picture.labels)(tile)) ?? 0),
    map: map === null ? null : { name: map.name, value: mapValueAt(map, column, row) },
  }
}

function valueAt(
  samples: Samples | undefined,
  tile: TilePlace,
  column: number,
  row: number,
): number | null {
  if (samples === undefined) return null
  const x = column - tile.column * TILE
  const y = row - tile.row * TILE
  if (x >= samples.width || y >= samples.height) return null
  return samples.data[y * samples.width + x] ?? null
}
