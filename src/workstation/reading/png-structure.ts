import { crc32 } from 'node:zlib'
import { fail, ok, type Result } from '#core/fault.ts'
import type { ByteSource } from './byte-source.ts'
import {
  DEFLATE_RATIO,
  refuseTooLarge,
  type ImageStructure,
  type PageStructure,
  type StructureFault,
} from './image-structure.ts'

export interface PngStructure extends ImageStructure {
  readonly format: 'png'
  readonly header: PngHeader
  /** Red, green and blue of each index; null where the image has no palette. */
  readonly palette: PngChunk | null
  /** Together one zlib stream. */
  readonly data: readonly PngChunk[]
}

export interface PngHeader {
  readonly width: number
  readonly height: number
  /** Of one sample or index as stored: 1, 2, 4, 8 or 16. */
  readonly bits: number
  /** Of one pixel as stored: an index counts as one. */
  readonly channels: number
  readonly indexed: boolean
  readonly interlaced: boolean
}

export interface PngChunk {
  /** Where its content begins, after the length and the four letters. */
  readonly offset: number
  readonly bytes: number
}

export const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const

const INDEXED = 3
/** Channels of a pixel and the depths allowed, by colour type (PNG, table 11.1). */
const COLOUR_TYPES: Readonly<Record<number, { channels: number; depths: readonly number[] }>> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  [INDEXED]: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
}

const HEADER_BYTES = 13
const LARGEST = 2 ** 31 - 1
const MOST_CHUNKS = 2 ** 18
/** Length, four letters and checksum around the content. */
const CHUNK_FRAME = 12

/** Walks the chunks of a PNG up to its end chunk, without inflating anything. */
export async function readPngStructure(
  source: ByteSource,
): Promise<Result<PngStructure, StructureFault>> {
  const { path, size } = source
  const corrupt = (detail: string) => fail({ kind: 'image-corrupt', path, detail })
  let header: PngHeader | null = null
  let palette: PngChunk | null = null
  const data: PngChunk[] = []
  let offset: number = PNG_SIGNATURE.length
  for (let chunks = 0; chunks < MOST_CHUNKS; chunks += 1) {
    const head = await source.read(offset, 8)
    if (head.length < 8) return truncated(source, `no end after byte ${offset}`)
    const bytes = new DataView(head.buffer, head.byteOffset).getUint32(0)
    const name = String.fromCharCode(...head.subarray(4))
    if (bytes > LARGEST || !/^[A-Za-z]{4}$/.test(name)) return corrupt(`chunk at byte ${offset}`)
    if (offset + CHUNK_FRAME + bytes > size) return truncated(source, `chunk ${name} is cut off`)
    const chunk = { offset: offset + 8, bytes }
    if ((chunks === 0) !== (name === 'IHDR')) return corrupt('it does not begin with one header')
    if (name === 'IHDR') {
      header = parseHeader(await source.read(offset + 4, bytes + 8))
      if (header === null) return corrupt('its header makes no sense')
    } else if (name === 'PLTE') palette = chunk
    else if (name === 'IDAT') data.push(chunk)
    else if (name === 'IEND') return describe(source, header!, palette, data)
    offset += CHUNK_FRAME + bytes
  }
  return fail({ kind: 'image-too-large', path, detail: `more than ${MOST_CHUNKS} chunks` })
}

/** @param framed the header's name, content and checksum. */
function parseHeader(framed: Uint8Array): PngHeader | null {
  if (framed.length !== HEADER_BYTES + 8) return null
  const view = new DataView(framed.buffer, framed.byteOffset + 4)
  const named = framed.subarray(0, 4 + HEADER_BYTES)
  if (view.getUint32(HEADER_BYTES) !== crc32(named)) return null
  const bytes = framed.subarray(4)
  const width = view.getUint32(0)
  const height = view.getUint32(4)
  const bits = bytes[8]!
  const colour = COLOUR_TYPES[bytes[9]!]
  const sound =
    width > 0 &&
    height > 0 &&
    width <= LARGEST &&
    height <= LARGEST &&
    bytes[10] === 0 &&
    bytes[11] === 0
  if (!sound || colour?.depths.includes(bits) !== true || bytes[12]! > 1) return null
  return {
    width,
    height,
    bits,
    channels: colour.channels,
    indexed: bytes[9] === INDEXED,
    interlaced: bytes[12] === 1,
  }
}

function describe(
  { path }: ByteSource,
  header: PngHeader,
  palette: PngChunk | null,
  data: readonly PngChunk[],
): Result<PngStructure, StructureFault> {
  const { width, height, indexed, interlaced } = header
  if (indexed && (palette === null || palette.bytes === 0 || palette.bytes % 3 !== 0)) {
    return fail({ kind: 'image-corrupt', path, detail: 'it has no palette' })
  }
  const stored = data.reduce((sum, { bytes }) => sum + bytes, 0)
  const filtered = filteredBytes(header)
  if (stored * DEFLATE_RATIO < filtered) {
    const detail = `${stored} bytes for ${filtered} bytes of pixels`
    return fail({ kind: 'image-corrupt', path, detail })
  }
  const bits = Math.max(8, header.bits)
  const samples = indexed ? 3 : header.channels
  const pixels = (width * height * samples * bits) / 8
  const copied = interlaced || indexed || header.bits < 8
  const page: PageStructure = {
    width,
    height,
    samples,
    bits,
    sampleFormat: 'unsigned',
    refusal: refuseTooLarge({ width, height, samples }, filtered + (copied ? pixels : 0)),
  }
  return ok({ format: 'png', pages: [page], whole: true, header, palette, data })
}

/** One of the images that a PNG is written as: one, or the seven of Adam7 interlacing. */
export interface PngPass {
  readonly left: number
  readonly top: number
  readonly stepX: number
  readonly stepY: number
  readonly columns: number
  readonly rows: number
  /** Bytes of a row without the one that names its filter. */
  readonly rowBytes: number
}

/** Left, top and steps of Adam7's passes (PNG, section 8.2). */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

export function pngPasses({ width, height, bits, channels, interlaced }: PngHeader): PngPass[] {
  const passes = interlaced ? ADAM7 : ([[0, 0, 1, 1]] as const)
  return passes
    .map(([left, top, stepX, stepY]) => {
      const columns = Math.max(0, Math.ceil((width - left) / stepX))
      const rows = Math.max(0, Math.ceil((height - top) / stepY))
      const rowBytes = Math.ceil((columns * channels * bits) / 8)
      return { left, top, stepX, stepY, columns, rows, rowBytes }
    })
    .filter(({ columns, rows }) => columns > 0 && rows > 0)
}

/** Bytes that the data inflate to. */
export function filteredBytes(header: PngHeader): number {
  return pngPasses(header).reduce((sum, { rows, rowBytes }) => sum + rows * (1 + rowBytes), 0)
}

function truncated({ path }: ByteSource, detail: string): Result<never, StructureFault> {
  return fail({ kind: 'image-truncated', path, detail })
}
