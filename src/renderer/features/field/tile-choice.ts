import { TILE } from '#contract/pixels.ts'
import { imagePoint, type Camera, type Size } from './camera.ts'

/** One tile of a pyramid. */
export interface TilePlace {
  readonly level: number
  readonly column: number
  readonly row: number
}

/** The coarsest level whose pixels are no larger than the screen's. */
export function levelFor(zoom: number, pixelRatio: number, levels: number): number {
  const wanted = Math.floor(Math.log2(1 / (zoom * pixelRatio)))
  return Math.min(Math.max(wanted, 0), levels - 1)
}

/** The tiles of a level that can be seen, those in the middle first. */
export function visibleTiles(
  camera: Camera,
  pane: Size,
  image: Size,
  level: number,
): readonly TilePlace[] {
  const side = TILE * 2 ** level
  const from = imagePoint(camera, pane, { x: 0, y: 0 })
  const to = imagePoint(camera, pane, { x: pane.width, y: pane.height })
  const [firstColumn, lastColumn] = span(from.x, to.x, image.width, side)
  const [firstRow, lastRow] = span(from.y, to.y, image.height, side)
  const tiles: TilePlace[] = []
  for (let row = firstRow; row <= lastRow; row += 1) {
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      tiles.push({ level, column, row })
    }
  }
  const distance = ({ column, row }: TilePlace): number =>
    Math.hypot((column + 0.5) * side - camera.x, (row + 0.5) * side - camera.y)
  return tiles.sort((a, b) => distance(a) - distance(b))
}

/** A tile and those that stand for it while it is on its way, finest first. */
export function withAncestors(tile: TilePlace, levels: number): readonly TilePlace[] {
  return Array.from({ length: levels - tile.level }, (_, up) => ({
    level: tile.level + up,
    column: tile.column >> up,
    row: tile.row >> up,
  }))
}

/** The tile of the finest level that holds an image point; null outside the image. */
export function tileAt(x: number, y: number, image: Size): TilePlace | null {
  if (x < 0 || y < 0 || x >= image.width || y >= image.height) return null
  return { level: 0, column: Math.floor(x / TILE), row: Math.floor(y / TILE) }
}

/** Most bytes that a tile of an image can have at a level. */
export function tileBytes(image: Size, tile: TilePlace, bytesPerPixel: number): number {
  const side = (length: number, index: number): number =>
    Math.min(TILE, Math.ceil(length / 2 ** tile.level) - index * TILE)
  return side(image.width, tile.column) * side(image.height, tile.row) * bytesPerPixel
}

/** First and last tile along one side between two points of it; the last is before the first where nothing is seen. */
function span(from: number, to: number, length: number, side: number): readonly [number, number] {
  const first = Math.max(Math.floor(from / side), 0)
  const last = Math.min(Math.ceil(Math.min(to, length) / side), Math.ceil(length / side)) - 1
  return [first, last]
}
