import { TILE } from '#contract/pixels.ts'
import type { Pixels } from '#core/image/plane.ts'
import type { Piece } from './view-file.ts'

export interface LevelImage {
  readonly width: number
  readonly height: number
  readonly pixels: Pixels | Uint32Array
}

/** Cuts one level of an image into tiles, row by row. */
export function tilePieces(level: number, image: LevelImage): readonly Piece[] {
  const { width, height, pixels } = image
  const pieces: Piece[] = []
  for (let row = 0; row * TILE < height; row += 1) {
    for (let column = 0; column * TILE < width; column += 1) {
      const size = {
        width: Math.min(TILE, width - column * TILE),
        height: Math.min(TILE, height - row * TILE),
      }
      pieces.push({
        name: tileName(level, column, row),
        type: pixelType(pixels),
        ...size,
        step: 2 ** level,
        bytes: cutTile(image, column * TILE, row * TILE, size),
      })
    }
  }
  return pieces
}

export function tileName(level: number, column: number, row: number): string {
  return `${level}/${column}/${row}`
}

export function pixelType(pixels: Pixels | Uint32Array): 'uint8' | 'uint16' | 'uint32' | 'float32' {
  if (pixels instanceof Uint8Array) return 'uint8'
  if (pixels instanceof Uint16Array) return 'uint16'
  return pixels instanceof Uint32Array ? 'uint32' : 'float32'
}

/** Every processor we run on is little-endian, as the samples on their way are. */
export function bytesOfPixels({
  buffer,
  byteOffset,
  byteLength,
}: Pixels | Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function cutTile(
  { width, pixels }: LevelImage,
  left: number,
  top: number,
  size: { readonly width: number; readonly height: number },
): Uint8Array {
  const bytes = bytesOfPixels(pixels)
  const sample = pixels.BYTES_PER_ELEMENT
  if (size.width === width) {
    return bytes.subarray(top * width * sample, (top + size.height) * width * sample)
  }
  const rowBytes = size.width * sample
  const tile = new Uint8Array(size.height * rowBytes)
  for (let y = 0; y < size.height; y += 1) {
    const start = ((top + y) * width + left) * sample
    tile.set(bytes.subarray(start, start + rowBytes), y * rowBytes)
  }
  return tile
}
