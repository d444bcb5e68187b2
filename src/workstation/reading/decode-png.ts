import { crc32 } from 'node:zlib'
import { fail, ok, type Result } from '#core/fault.ts'
import type { ByteSource } from './byte-source.ts'
import type { DecodingFault } from './decode-tiff.ts'
import { inflate } from './inflate.ts'
import { unfilterRows } from './png-filter.ts'
import {
  filteredBytes,
  pngPasses,
  type PngChunk,
  type PngHeader,
  type PngPass,
  type PngStructure,
} from './png-structure.ts'
import { samplesFrom, unpackSamples } from './samples.ts'

type PngSamples = Uint8Array | Uint16Array

/**
 * The samples of a PNG, pixel by pixel, untouched by gamma and colour profiles. Gray of fewer than 8 bits is
 * stretched to 8 as the standard says; indices become the colours of the palette; transparency is left out.
 *
 * Our own because sharp hands out 16 bits only by one exact incantation, brings a native library of 18 MB that
 * clashes with Electron on Linux, and is not faster here.
 */
export async function decodePng(
  source: ByteSource,
  { header, palette, data }: PngStructure,
): Promise<Result<PngSamples, DecodingFault>> {
  const corrupt = (detail: string) =>
    fail({ kind: 'image-corrupt', path: source.path, detail } as const)
  const stored = await readData(source, data)
  if (stored === null) return corrupt('the checksum of its pixels is wrong')
  const expected = filteredBytes(header)
  const filtered = inflate(stored, expected)
  if (typeof filtered === 'string') return corrupt(filtered)
  if (filtered.length < expected) return corrupt(`${filtered.length} of ${expected} bytes`)

  const passes = pngPasses(header)
  let whole: PngSamples | null = header.interlaced ? emptySamples(header) : null
  let offset = 0
  for (const pass of passes) {
    const bytes = filtered.subarray(offset, offset + pass.rows * (1 + pass.rowBytes))
    offset += bytes.length
    const perPixel = Math.max(1, (header.channels * header.bits) / 8)
    if (!unfilterRows(bytes, pass.rows, pass.rowBytes, perPixel)) return corrupt('unknown filter')
    const samples = toSamples(header, pass, bytes)
    if (whole === null) whole = samples
    else if (header.interlaced) scatter(header, pass, samples, whole)
  }
  const pixels = whole!
  if (!header.indexed) return ok(header.bits < 8 ? stretched(pixels, header.bits) : pixels)
  const colours = await readChunk(source, palette!)
  if (colours === null) return corrupt('the checksum of its palette is wrong')
  const looked = lookUp(pixels, colours)
  return looked === null ? corrupt('an index outside its palette') : ok(looked)
}

async function readData(source: ByteSource, chunks: readonly PngChunk[]): Promise<Buffer | null> {
  const parts: Uint8Array[] = []
  for (const chunk of chunks) {
    const bytes = await readChunk(source, chunk)
    if (bytes === null) return null
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}

/** The content of a chunk, or null where its checksum does not fit. */
async function readChunk(
  source: ByteSource,
  { offset, bytes }: PngChunk,
): Promise<Uint8Array | null> {
  const framed = await source.read(offset - 4, bytes + 8)
  if (framed.length < bytes + 8) return null
  const view = new DataView(framed.buffer, framed.byteOffset)
  const named = framed.subarray(0, bytes + 4)
  return crc32(named) === view.getUint32(bytes + 4) ? framed.subarray(4, bytes + 4) : null
}

function toSamples(header: PngHeader, pass: PngPass, bytes: Uint8Array): PngSamples {
  const { bits, channels } = header
  const closed = bytes.subarray(0, pass.rows * pass.rowBytes)
  if (bits < 8) return unpackSamples(closed, bits, pass.columns * channels, pass.rows)
  return samplesFrom(closed, { bits, float: false, bigEndian: true }, true) as PngSamples
}

function emptySamples({ width, height, channels, bits }: PngHeader): PngSamples {
  const length = width * height * channels
  return bits === 16 ? new Uint16Array(length) : new Uint8Array(length)
}

function scatter(
  { width, channels }: PngHeader,
  { left, top, stepX, stepY, columns, rows }: PngPass,
  from: PngSamples,
  to: PngSamples,
): void {
  let i = 0
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const at = ((top + y * stepY) * width + left + x * stepX) * channels
      for (let channel = 0; channel < channels; channel += 1) {
        to[at + channel] = from[i]!
        i += 1
      }
    }
  }
}

function stretched(pixels: PngSamples, bits: number): PngSamples {
  const factor = 255 / (2 ** bits - 1)
  return pixels.map(value => value * factor)
}

function lookUp(indices: PngSamples, palette: Uint8Array): Uint8Array | null {
  const out = new Uint8Array(indices.length * 3)
  for (let i = 0; i < indices.length; i += 1) {
    const at = indices[i]! * 3
    if (at >= palette.length) return null
    out[3 * i] = palette[at]!
    out[3 * i + 1] = palette[at + 1]!
    out[3 * i + 2] = palette[at + 2]!
  }
  return out
}
