import type { PixelRequest } from '#contract/pixels.ts'
import { TILE } from '#contract/pixels.ts'
import { type Camera, type Size } from './camera.ts'
import { tileRequests, type Picture, type PictureChannel } from './picture.ts'
import { tileBytes, visibleTiles, withAncestors, levelFor, type TilePlace } from './tile-choice.ts'
import type { TileWish } from './tile-loader.ts'

/** A piece of an image on screen: which texture, which part of the image, and from where in the texture. */
export interface Quad {
  readonly key: string
  /** In image pixels. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Where in the image the texture begins, and how many image pixels one of its own is across and down. */
  readonly originX: number
  readonly originY: number
  readonly scaleX: number
  readonly scaleY: number
}

export interface ChannelQuads {
  readonly channel: PictureChannel
  readonly quads: readonly Quad[]
}

/** What of a picture can be drawn now, and what should be fetched for it. */
export interface PictureFrame {
  readonly channels: readonly ChannelQuads[]
  readonly labels: readonly Quad[]
  readonly wishes: readonly TileWish[]
  /** What it takes to hold the tiles that are seen. */
  readonly bytes: number
}

/** From where a picture is seen. */
export interface Sight {
  readonly camera: Camera
  readonly pane: Size
  readonly pixelRatio: number
}

const LABEL_BYTES = 4

/**
 * Lays a picture out in tiles. Where a tile is not there yet, a coarser one stands for it.
 *
 * @param has which textures there are
 */
export function layOut(
  picture: Picture,
  { camera, pane, pixelRatio }: Sight,
  withLabels: boolean,
  has: (key: string) => boolean,
): PictureFrame {
  const level = levelFor(camera.zoom, pixelRatio, picture.levels)
  const tiles = visibleTiles(camera, pane, picture.size, level)
  const channels = picture.channels.map(channel => ({
    channel,
    quads: quadsOf(picture, tiles, tile => channelKey(channel, tile), has),
  }))
  const labels =
    withLabels && picture.labels !== null
      ? { key: picture.labels, quads: quadsOf(picture, tiles, labelKey(picture.labels), has) }
      : null
  const wishes: TileWish[] = []
  let bytes = 0
  for (const tile of tiles) {
    for (const channel of picture.channels) {
      bytes += tileBytes(picture.size, tile, channel.bytesPerPixel)
      wishes.push(channelWish(channel, tile))
    }
    if (labels === null) continue
    bytes += tileBytes(picture.size, tile, LABEL_BYTES)
    wishes.push(labelWish(labels.key, tile))
  }
  return { channels, labels: labels?.quads ?? [], wishes, bytes }
}

export function channelKey({ key }: PictureChannel, { level, column, row }: TilePlace): string {
  return `${key}/${level}/${column}/${row}`
}

export function channelWish(channel: PictureChannel, tile: TilePlace): TileWish {
  return { key: channelKey(channel, tile), requests: tileRequests(channel, tile) }
}

export function labelKey(record: string) {
  return ({ level, column, row }: TilePlace): string => `${record}/${level}/${column}/${row}`
}

export function labelWish(
  record: Extract<PixelRequest, { kind: 'labels' }>['record'],
  tile: TilePlace,
): TileWish {
  return { key: labelKey(record)(tile), requests: [{ kind: 'labels', record, ...tile }] }
}

function quadsOf(
  { size, levels }: Picture,
  tiles: readonly TilePlace[],
  keyOf: (tile: TilePlace) => string,
  has: (key: string) => boolean,
): readonly Quad[] {
  return tiles.flatMap(tile => {
    const source = withAncestors(tile, levels).find(each => has(keyOf(each)))
    if (source === undefined) return []
    const side = TILE * 2 ** tile.level
    const scale = 2 ** source.level
    const x = tile.column * side
    const y = tile.row * side
    return [
      {
        key: keyOf(source),
        x,
        y,
        width: Math.min(side, size.width - x),
        height: Math.min(side, size.height - y),
        originX: source.column * TILE * scale,
        originY: source.row * TILE * scale,
        scaleX: scale,
        scaleY: scale,
      },
    ]
  })
}
