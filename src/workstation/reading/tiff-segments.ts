import { fail, ok, type Result } from '#core/fault.ts'
import type { ByteSource } from './byte-source.ts'
import { DEFLATE_RATIO, type StructureFault } from './image-structure.ts'
import type { TiffCompression, TiffLayout } from './tiff-layout.ts'

/** A strip or tile. */
export interface TiffSegment {
  readonly offset: number
  readonly bytes: number
  /** Rows that it holds: fewer in the last strip. */
  readonly rows: number
}

/** Far more strips or tiles than a page of a microscope has; each costs some microseconds to decode. */
const MOST_SEGMENTS = 2 ** 16

/**
 * Most bytes that one byte of a strip can stand for. LZW: a code of 12 bits stands for 3,838 bytes at most,
 * the table's longest string. PackBits: two bytes stand for 128.
 */
const EXPANSION = { none: 1, lzw: 2560, deflate: DEFLATE_RATIO, packbits: 64, other: Infinity }

/**
 * Finds the strips or tiles of a page and checks that they are as many as its size asks for, that each lies in
 * the file, and that it could hold its pixels. Of a layout that is not supported only their place is checked.
 */
export function locateSegments(
  { path, size }: ByteSource,
  layout: TiffLayout,
  offsets: Float64Array,
  byteCounts: Float64Array,
): Result<readonly TiffSegment[], StructureFault> {
  const { tiled, height, segmentHeight, compression } = layout
  const noun = tiled ? 'tile' : 'strip'
  const corrupt = (detail: string) => fail({ kind: 'image-corrupt', path, detail })
  const truncated = (detail: string) => fail({ kind: 'image-truncated', path, detail })

  const supported = layout.unsupported === null
  const down = Math.ceil(height / segmentHeight)
  const expected =
    Math.ceil(layout.width / layout.segmentWidth) * down * (layout.planar ? layout.samples : 1)
  if (supported) {
    if (offsets.length !== expected) return corrupt(`${offsets.length} of ${expected} ${noun}s`)
    if (byteCounts.length !== expected) {
      return corrupt(`the sizes of ${byteCounts.length} of ${expected} ${noun}s`)
    }
    if (expected > MOST_SEGMENTS) {
      return fail({ kind: 'image-too-large', path, detail: `${expected} ${noun}s` })
    }
  }

  const segments: TiffSegment[] = []
  for (let i = 0; i < offsets.length; i += 1) {
    const offset = offsets[i]!
    const bytes = byteCounts[i] ?? 0
    const name = `${noun} ${i + 1} of ${offsets.length}`
    if (offset + bytes > size) return truncated(`${name} lies beyond the end`)
    if (!supported) continue
    if (offset === 0 || bytes === 0) return truncated(`${name} is not written`)
    const rows = tiled
      ? segmentHeight
      : Math.min(segmentHeight, height - (i % down) * segmentHeight)
    const needed = segmentBytes(layout, rows)
    if (bytes * EXPANSION[compression] < needed) {
      return corrupt(`${name} has ${bytes} bytes for ${needed} bytes of pixels`)
    }
    segments.push({ offset, bytes, rows })
  }
  return ok(segments)
}

/** Bytes of a strip or tile once decompressed; every row starts a byte. */
export function segmentBytes(layout: TiffLayout, rows: number): number {
  return rows * segmentRowBytes(layout)
}

export function segmentRowBytes({ segmentWidth, samples, planar, bits }: TiffLayout): number {
  return Math.ceil((segmentWidth * (planar ? 1 : samples) * bits) / 8)
}

/** Whether a strip, once decompressed, is rows of the page as they stand in memory. */
export function fillsRows({ tiled, planar, bits }: TiffLayout): boolean {
  return !tiled && !planar && bits % 8 === 0
}

/** Bytes of a strip that can matter, whatever size it claims: no compression makes it twice as long. */
export function mostStored(compression: TiffCompression, decoded: number): number {
  return compression === 'none' ? decoded : 2 * decoded + 2 ** 16
}

/** Memory that decoding the page takes. */
export function decodingBytes(layout: TiffLayout, segments: readonly TiffSegment[]): number {
  const { width, height, samples, bits, compression } = layout
  const sampleBytes = bits > 32 ? 8 : bits > 16 ? 4 : bits > 8 ? 2 : 1
  const piece = segmentBytes(layout, layout.segmentHeight)
  const scratch = fillsRows(layout) ? 0 : piece
  // LZW and PackBits are decoded from a whole strip, the others from parts of it.
  const whole = compression === 'lzw' || compression === 'packbits'
  const largest = segments.reduce((most, { bytes }) => Math.max(most, bytes), 0)
  const stored = whole ? Math.min(largest, mostStored(compression, piece)) : 0
  return width * height * samples * sampleBytes + scratch + stored
}
