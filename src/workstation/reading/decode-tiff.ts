import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import type { ByteSource } from './byte-source.ts'
import { inflateInto } from './inflate.ts'
import { decodeLzw } from './lzw.ts'
import { decodePackBits } from './packbits.ts'
import { addHorizontally, joinFloatBytes } from './predictor.ts'
import {
  bytesOf,
  emptySamples,
  reverseBits,
  samplesOf,
  swapBytes,
  unpackRow,
  wordsOf,
  type RowPlace,
  type Samples,
} from './samples.ts'
import type { TiffLayout } from './tiff-layout.ts'
import {
  fillsRows,
  mostStored,
  segmentBytes,
  segmentRowBytes,
  type TiffSegment,
} from './tiff-segments.ts'
import type { TiffPage } from './tiff-structure.ts'

export type DecodingFault = FaultOf<'image-truncated' | 'image-corrupt'>

/**
 * The samples of a page, pixel by pixel; signed integers as their two's complement.
 *
 * @param page one without a refusal.
 */
export async function decodeTiffPage(
  source: ByteSource,
  { layout, littleEndian, segments }: TiffPage,
): Promise<Result<Samples, DecodingFault>> {
  const pixels = emptySamples(layout, layout.width * layout.height * layout.samples)
  const bytes = bytesOf(pixels)
  const scratch = fillsRows(layout)
    ? null
    : new Uint8Array(segmentBytes(layout, layout.segmentHeight))
  let filled = 0
  for (const [index, segment] of segments.entries()) {
    const needed = segmentBytes(layout, segment.rows)
    const piece = scratch?.subarray(0, needed) ?? bytes.subarray(filled, filled + needed)
    const problem = await decompress(source, layout, segment, piece)
    if (problem !== null) {
      const detail = `${layout.tiled ? 'tile' : 'strip'} ${index + 1} of ${segments.length}: ${problem}`
      return fail({ kind: 'image-corrupt', path: source.path, detail })
    }
    if (layout.bits % 8 === 0) restore(layout, littleEndian, piece)
    if (scratch !== null) place(layout, index, piece, pixels)
    filled += needed
  }
  return ok(pixels)
}

/** Fills `out`, or says why it cannot be filled. */
async function decompress(
  source: ByteSource,
  { compression, reversedBits }: TiffLayout,
  { offset, bytes }: TiffSegment,
  out: Uint8Array,
): Promise<string | null> {
  const stored = Math.min(bytes, mostStored(compression, out.length))
  const parts = (): AsyncIterable<Uint8Array> => readParts(source, offset, stored, reversedBits)
  if (compression === 'deflate') return inflateInto(parts, out)
  if (compression === 'none') {
    let filled = 0
    for await (const part of parts()) {
      out.set(part, filled)
      filled += part.length
    }
    return filled === out.length ? null : `${filled} of ${out.length} bytes`
  }
  const read = await source.read(offset, stored)
  const decode = compression === 'lzw' ? decodeLzw : decodePackBits
  const filled = decode(reversedBits ? reverseBits(read) : read, out)
  return filled === out.length ? null : `${filled} of ${out.length} bytes`
}

const PART_BYTES = 2 ** 20

/** In pieces, so that a page of one huge strip is not in memory twice. */
async function* readParts(
  source: ByteSource,
  offset: number,
  bytes: number,
  reversedBits: boolean,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes; at += PART_BYTES) {
    const part = await source.read(offset + at, Math.min(PART_BYTES, bytes - at))
    yield reversedBits ? reverseBits(part) : part
  }
}

/** Makes stored bytes samples in this machine's order, in place. */
function restore(layout: TiffLayout, littleEndian: boolean, bytes: Uint8Array): void {
  const { bits, predictor } = layout
  const perPixel = layout.planar ? 1 : layout.samples
  const perRow = layout.segmentWidth * perPixel
  if (predictor === 'float') return joinFloatBytes(bytes, perRow, perPixel)
  if (!littleEndian) swapBytes(bytes, bits / 8)
  // Floats are differenced by their bits.
  if (predictor === 'horizontal') addHorizontally(wordsOf(bytes, bits), perRow, perPixel)
}

/** Puts a strip or tile where it belongs; what reaches over the right or lower edge is left out. */
function place(layout: TiffLayout, index: number, bytes: Uint8Array, pixels: Samples): void {
  const { width, height, samples, bits, segmentWidth, segmentHeight, planar } = layout
  const across = Math.ceil(width / segmentWidth)
  const down = Math.ceil(height / segmentHeight)
  const left = (index % across) * segmentWidth
  const top = (Math.floor(index / across) % down) * segmentHeight
  const sample = Math.floor(index / (across * down))
  const step = planar ? samples : 1
  const count = Math.min(segmentWidth, width - left) * (planar ? 1 : samples)
  const rows = Math.min(segmentHeight, height - top)
  const rowBytes = segmentRowBytes(layout)
  for (let y = 0; y < rows; y += 1) {
    const row = bytes.subarray(y * rowBytes, (y + 1) * rowBytes)
    const start = ((top + y) * width + left) * samples + sample
    if (bits % 8 !== 0) unpackRow(row, bits, pixels, { start, step, count })
    else copyRow(samplesOf(row, layout), pixels, { start, step, count })
  }
}

function copyRow(row: Samples, pixels: Samples, { start, step, count }: RowPlace): void {
  if (step === 1) pixels.set(row.subarray(0, count), start)
  else for (let i = 0; i < count; i += 1) pixels[start + i * step] = row[i]!
}
