import { readFileSync } from 'node:fs'
import { bytesOfPixels } from './tile-pieces.ts'
import { PARTIAL, pieceOf, WHOLE, type Piece } from './view-file.ts'
import type { AtlasCell, AtlasOrder } from './view-job.ts'

export interface Atlas {
  readonly pieces: readonly Piece[]
  /** Places of the cells whose thumbnails are not made yet. */
  readonly missing: readonly number[]
}

/** Puts thumbnails into one image, each as large as its cell allows, in the middle of it. */
export function assembleAtlas({ rows, columns, size, cells }: AtlasOrder): Atlas {
  const width = columns * size
  const height = rows * size
  const pixels = new Uint16Array(width * height)
  const missing: number[] = []
  for (const [place, cell] of cells.entries()) {
    const thumbnail = readThumbnail(cell)
    if (thumbnail === null) missing.push(place)
    else drawInto(pixels, width, { ...cell, size }, thumbnail)
  }
  const name = missing.length === 0 ? WHOLE : PARTIAL
  const bytes = bytesOfPixels(pixels)
  return { pieces: [{ name, type: 'uint16', width, height, step: size, bytes }], missing }
}

interface Picture {
  readonly width: number
  readonly height: number
  readonly pixels: Uint16Array
}

/** Null where it was not made yet or is damaged. */
function readThumbnail({ thumbnail }: AtlasCell): Picture | null {
  let view: Uint8Array
  try {
    view = readFileSync(thumbnail)
  } catch {
    return null
  }
  const piece = pieceOf(view, WHOLE)
  if (piece === null) return null
  const { width, height, bytes } = piece
  return { width, height, pixels: new Uint16Array(new Uint8Array(bytes).buffer) }
}

function drawInto(
  atlas: Uint16Array,
  atlasWidth: number,
  { row, column, size }: { readonly row: number; readonly column: number; readonly size: number },
  picture: Picture,
): void {
  const longest = Math.max(picture.width, picture.height)
  const width = Math.max(1, Math.round((picture.width / longest) * size))
  const height = Math.max(1, Math.round((picture.height / longest) * size))
  const left = column * size + ((size - width) >> 1)
  const top = row * size + ((size - height) >> 1)
  for (let y = 0; y < height; y += 1) {
    const fromY = firstOf(y, height, picture.height)
    const toY = Math.max(fromY + 1, firstOf(y + 1, height, picture.height))
    for (let x = 0; x < width; x += 1) {
      const fromX = firstOf(x, width, picture.width)
      const toX = Math.max(fromX + 1, firstOf(x + 1, width, picture.width))
      let sum = 0
      for (let v = fromY; v < toY; v += 1) {
        for (let u = fromX; u < toX; u += 1) sum += picture.pixels[v * picture.width + u]!
      }
      const count = (toY - fromY) * (toX - fromX)
      atlas[(top + y) * atlasWidth + left + x] = Math.round(sum / count)
    }
  }
}

/** The first pixel of a side of `length` that the i-th of `count` pixels shows. */
function firstOf(i: number, count: number, length: number): number {
  return Math.floor((i * length) / count)
}
