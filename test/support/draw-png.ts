import { crc32, deflateSync } from 'node:zlib'

export interface DrawnPng {
  readonly width?: number
  readonly height?: number
  readonly bits?: number
  /** 0 gray, 2 RGB, 3 indexed, 4 gray and alpha, 6 RGB and alpha. */
  readonly colour?: number
  readonly interlace?: number
  readonly palette?: readonly number[]
  /** Rows, each after the byte of its filter. */
  readonly rows?: Uint8Array
}

/** A PNG of given rows; without any, of 4 × 2 gray pixels. */
export function drawPng({
  width = 4,
  height = 2,
  bits = 8,
  colour = 0,
  interlace = 0,
  palette,
  rows = Uint8Array.of(0, 10, 20, 30, 40, 0, 50, 60, 70, 80),
}: DrawnPng): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([bits, colour, 0, 0, interlace], 8)
  return pngOf([
    ['IHDR', header],
    ...(palette === undefined ? [] : [['PLTE', Uint8Array.from(palette)] as const]),
    ['IDAT', deflateSync(rows)],
    ['IEND', new Uint8Array(0)],
  ])
}

/** A PNG of given chunks, with their checksums. */
export function pngOf(
  chunks: readonly (readonly [name: string, content: Uint8Array])[],
): Uint8Array {
  const framed = chunks.flatMap(([name, content]) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(content.length)
    const named = Buffer.concat([Buffer.from(name, 'latin1'), content])
    const checksum = Buffer.alloc(4)
    checksum.writeUInt32BE(crc32(named))
    return [length, named, checksum]
  })
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  return new Uint8Array(Buffer.concat([signature, ...framed]))
}
