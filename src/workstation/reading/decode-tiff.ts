import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import type { ByteSource } from './byte-source.ts'
import { inflate } from './inflate.ts'
import { decodeLzw } from './lzw.ts'
import { decodePackBits } from './packbits.ts'
import { addHorizontally, joinFloatBytes } from './predictor.ts'
import { reverseBits, samplesFrom, unpackSamples, type Samples } from './samples.ts'
import type { TiffLayout } from './tiff-layout.ts'
import { isOnePiece, segmentBytes, type TiffPage } from './tiff-structure.ts'

export type DecodingFault = FaultOf<'image-truncated' | 'image-corrupt'>

/** The samples of a page whose layout is supported, pixel by pixel; signed integers as their two's complement. */
export async function decodeTiffPage(
  source: ByteSource,
  page: TiffPage,
): Promise<Result<Samples, DecodingFault>> {
  const { layout, segments } = page
  const { path } = source
  let pixels: Samples | null = null
  for (const [index, segment] of segments.entries()) {
    const stored = await source.read(segment.offset, segment.bytes)
    const name = `${layout.tiled ? 'tile' : 'strip'} ${index + 1} of ${segments.length}`
    if (stored.length < segment.bytes) {
      return fail({ kind: 'image-truncated', path, detail: `${name} lies beyond the end` })
    }
    const needed = segmentBytes(layout, segment.rows)
    const bytes = decompress(layout, stored, needed)
    if (typeof bytes === 'string') {
      return fail({ kind: 'image-corrupt', path, detail: `${name}: ${bytes}` })
    }
    if (bytes.length < needed) {
      const detail = `${name} holds ${bytes.length} of ${needed} bytes`
      return fail({ kind: 'image-corrupt', path, detail })
    }
    const samples = toSamples(page, bytes.subarray(0, needed), segment.rows, bytes !== stored)
    if (isOnePiece(page)) return ok(samples)
    pixels ??= emptyLike(samples, layout.width * layout.height * layout.samples)
    place(layout, index, samples, pixels)
  }
  // A page has at least one strip (tiff-structure.ts).
  return ok(pixels!)
}

/** The bytes themselves where they are not compressed, else new ones; a text where they make no sense. */
function decompress(layout: TiffLayout, stored: Uint8Array, needed: number): Uint8Array | string {
  const bytes = layout.reversedBits ? reverseBits(stored) : stored
  if (layout.compression === 'none') return bytes
  if (layout.compression === 'deflate') {
    // Some writers fill the last strip up to the height of the others.
    return inflate(bytes, Math.max(needed, segmentBytes(layout, layout.segmentHeight)))
  }
  const out = new Uint8Array(needed)
  const decode = layout.compression === 'lzw' ? decodeLzw : decodePackBits
  return out.subarray(0, decode(bytes, out))
}

function toSamples(
  { layout, littleEndian }: TiffPage,
  bytes: Uint8Array,
  rows: number,
  owned: boolean,
): Samples {
  const { bits, predictor } = layout
  const perPixel = layout.planar ? 1 : layout.samples
  const perRow = layout.segmentWidth * perPixel
  if (bits % 8 !== 0) return unpackSamples(bytes, bits, perRow, rows)
  const float = layout.sampleFormat === 'float'
  if (predictor === 'float') {
    const joined = joinFloatBytes(bytes, perRow, perPixel)
    return samplesFrom(joined, { bits, float, bigEndian: false }, true)
  }
  const samples = samplesFrom(bytes, { bits, float, bigEndian: !littleEndian }, owned)
  if (predictor === 'horizontal') {
    // Floats are differenced by their bits.
    const words =
      samples instanceof Float32Array
        ? new Uint32Array(samples.buffer, samples.byteOffset, samples.length)
        : samples
    addHorizontally(words, perRow, perPixel)
  }
  return samples
}

function emptyLike(samples: Samples, length: number): Samples {
  if (samples instanceof Uint8Array) return new Uint8Array(length)
  if (samples instanceof Uint16Array) return new Uint16Array(length)
  return samples instanceof Uint32Array ? new Uint32Array(length) : new Float32Array(length)
}

/** Puts a strip or tile where it belongs; what reaches over the right or lower edge is left out. */
function place(layout: TiffLayout, index: number, from: Samples, to: Samples): void {
  const { width, height, samples, segmentWidth, segmentHeight, planar } = layout
  const across = Math.ceil(width / segmentWidth)
  const down = Math.ceil(height / segmentHeight)
  const sample = Math.floor(index / (across * down))
  const left = (index % across) * segmentWidth
  const top = (Math.floor(index / across) % down) * segmentHeight
  const columns = Math.min(segmentWidth, width - left)
  const rows = Math.min(segmentHeight, height - top)
  const perPixel = planar ? 1 : samples
  if (!planar && columns === segmentWidth && columns === width) {
    to.set(from.subarray(0, rows * width * samples), top * width * samples)
    return
  }
  for (let y = 0; y < rows; y += 1) {
    const source = y * segmentWidth * perPixel
    const target = ((top + y) * width + left) * samples
    if (!planar) {
      to.set(from.subarray(source, source + columns * samples), target)
      continue
    }
    for (let x = 0; x < columns; x += 1) to[target + x * samples + sample] = from[source + x]!
  }
}
