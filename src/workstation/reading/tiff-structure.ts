import { fail, ok, type Result } from '#core/fault.ts'
import type { ByteSource } from './byte-source.ts'
import {
  DEFLATE_RATIO,
  refuseTooLarge,
  type ImageStructure,
  type PageRefusal,
  type PageStructure,
  type StructureFault,
} from './image-structure.ts'
import {
  readDirectory,
  readIntegers,
  type TiffDialect,
  type TiffDirectory,
} from './tiff-directory.ts'
import { TAG, tiffLayout, type TiffCompression, type TiffLayout } from './tiff-layout.ts'

export interface TiffStructure extends ImageStructure {
  readonly format: 'tiff'
  readonly pages: readonly TiffPage[]
}

export interface TiffPage extends PageStructure {
  readonly layout: TiffLayout
  readonly littleEndian: boolean
  /** Strips or tiles, in the order of the file's tables; none where the layout is not supported. */
  readonly segments: readonly TiffSegment[]
}

export interface TiffSegment {
  readonly offset: number
  readonly bytes: number
  /** Rows that it holds: fewer in the last strip. */
  readonly rows: number
}

const DESCRIPTION = 270
const STRIP_OFFSETS = 273
const STRIP_BYTES = 279
const TILE_OFFSETS = 324
const TILE_BYTES = 325

/** Bounds on what a file may make us keep and do, far above any microscope's: pages, and segments over all pages. */
const MOST_PAGES = 2 ** 16
const MOST_SEGMENTS = 2 ** 20

/**
 * Most bytes that one byte of a strip can stand for. LZW: a code of 12 bits stands for 3,838 bytes at most,
 * the table's longest string. PackBits: two bytes stand for 128.
 */
const EXPANSION = { none: 1, lzw: 2560, deflate: DEFLATE_RATIO, packbits: 64, other: Infinity }

/**
 * Walks the directories of a TIFF or BigTIFF and checks every number that reading relies on, before anything is
 * decoded or allocated: each table and strip lies in the file, and could hold the pixels that the page declares.
 */
export async function readTiffStructure(
  source: ByteSource,
): Promise<Result<TiffStructure, StructureFault>> {
  const header = await readHeader(source)
  if (!header.ok) return header
  const { dialect, first } = header.value
  const pages: TiffPage[] = []
  const visited = new Set<number>()
  let segments = 0
  for (let offset = first; offset !== 0;) {
    if (visited.has(offset)) return corrupt(source, 'its directories run in a circle')
    if (visited.size === MOST_PAGES) return tooLarge(source, `more than ${MOST_PAGES} pages`)
    visited.add(offset)
    const directory = await readDirectory(source, dialect, offset)
    if (!directory.ok) return directory
    const page = await readPage(source, dialect, directory.value)
    if (!page.ok) return page
    segments += page.value.segments.length
    if (segments > MOST_SEGMENTS) return tooLarge(source, `more than ${MOST_SEGMENTS} strips`)
    pages.push(page.value)
    offset = directory.value.next
  }
  if (pages.length === 0) return truncated(source, 'it has no directory yet')
  return ok({ format: 'tiff', pages, whole: true })
}

async function readHeader(
  source: ByteSource,
): Promise<Result<{ dialect: TiffDialect; first: number }, StructureFault>> {
  const bytes = await source.read(0, 16)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.byteLength < 8) return truncated(source, 'its header')
  const littleEndian = view.getUint8(0) === 0x49
  if (view.getUint16(2, littleEndian) === 42) {
    return ok({ dialect: { littleEndian, big: false }, first: view.getUint32(4, littleEndian) })
  }
  if (view.byteLength < 16) return truncated(source, 'its header')
  if (view.getUint16(4, littleEndian) !== 8) return corrupt(source, 'its header')
  const first = Number(view.getBigUint64(8, littleEndian))
  return ok({ dialect: { littleEndian, big: true }, first })
}

async function readPage(
  source: ByteSource,
  dialect: TiffDialect,
  directory: TiffDirectory,
): Promise<Result<TiffPage, StructureFault>> {
  const values = await readTags(source, dialect, directory, Object.values(TAG))
  if (!values.ok) return values
  const palette = values.value.has(TAG.palette)
  const description = palette ? await beginningOf(source, directory, DESCRIPTION) : ''
  const described = tiffLayout(source.path, values.value, description)
  if (!described.ok) return described
  const layout = described.value
  // Tiles may stand under the tags of strips: libtiff's first tiled files did.
  const tiles = layout.tiled && directory.entries.has(TILE_OFFSETS)
  const [offsetTag, bytesTag] = tiles ? [TILE_OFFSETS, TILE_BYTES] : [STRIP_OFFSETS, STRIP_BYTES]
  const tables = await readTags(source, dialect, directory, [offsetTag, bytesTag])
  if (!tables.ok) return tables
  const segments = locateSegments(
    source,
    layout,
    tables.value.get(offsetTag) ?? new Float64Array(0),
    tables.value.get(bytesTag),
  )
  if (!segments.ok) return segments
  const { width, height, samples, bits, sampleFormat } = layout
  return ok({
    width,
    height,
    samples,
    bits,
    sampleFormat,
    refusal: refuse(layout, segments.value),
    layout,
    littleEndian: dialect.littleEndian,
    segments: segments.value,
  })
}

async function readTags(
  source: ByteSource,
  dialect: TiffDialect,
  { entries }: TiffDirectory,
  tags: readonly number[],
): Promise<Result<Map<number, Float64Array>, StructureFault>> {
  const values = new Map<number, Float64Array>()
  for (const tag of tags) {
    const entry = entries.get(tag)
    if (entry === undefined) continue
    if (entry.count > MOST_SEGMENTS) {
      return corrupt(source, `tag ${tag} of ${entry.count} values`)
    }
    const read = await readIntegers(source, dialect, tag, entry)
    if (!read.ok) return read
    values.set(tag, read.value)
  }
  return ok(values)
}

/** The first characters of a text, enough to tell who wrote it. */
async function beginningOf(
  source: ByteSource,
  { entries }: TiffDirectory,
  tag: number,
): Promise<string> {
  const entry = entries.get(tag)
  if (entry === undefined) return ''
  return String.fromCharCode(...(await source.read(entry.at, Math.min(entry.count, 32))))
}

function locateSegments(
  source: ByteSource,
  layout: TiffLayout,
  offsets: Float64Array,
  byteCounts: Float64Array | undefined,
): Result<readonly TiffSegment[], StructureFault> {
  const { tiled, height, segmentHeight, compression } = layout
  const noun = tiled ? 'tile' : 'strip'
  const known = layout.unsupported === null
  const down = Math.ceil(height / segmentHeight)
  const expected =
    Math.ceil(layout.width / layout.segmentWidth) * down * (layout.planar ? layout.samples : 1)
  if (known && offsets.length !== expected) {
    return corrupt(source, `${offsets.length} of ${expected} ${noun}s`)
  }
  const counted = byteCounts ?? uncompressedCounts(layout, offsets.length)
  if (known && counted?.length !== offsets.length) {
    return corrupt(source, `${counted?.length ?? 0} sizes of ${offsets.length} ${noun}s`)
  }

  const segments: TiffSegment[] = []
  for (let i = 0; i < offsets.length; i += 1) {
    const offset = offsets[i]!
    const bytes = counted?.[i] ?? 0
    if (offset + bytes > source.size) {
      return truncated(source, `${noun} ${i + 1} of ${offsets.length} lies beyond the end`)
    }
    if (!known) continue
    if (offset === 0 || bytes === 0) {
      return truncated(source, `${noun} ${i + 1} of ${offsets.length} is not written`)
    }
    const rows = tiled
      ? segmentHeight
      : Math.min(segmentHeight, height - (i % down) * segmentHeight)
    const needed = segmentBytes(layout, rows)
    if (bytes * EXPANSION[compression] < needed) {
      return corrupt(source, `${noun} ${i + 1} has ${bytes} bytes for ${needed} bytes of pixels`)
    }
    segments.push({ offset, bytes, rows })
  }
  return ok(segments)
}

/** Sizes may be left out where they follow from the layout. */
function uncompressedCounts(layout: TiffLayout, count: number): Float64Array | undefined {
  if (layout.compression !== 'none' || count !== 1) return undefined
  return Float64Array.of(segmentBytes(layout, layout.segmentHeight))
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

function refuse(layout: TiffLayout, segments: readonly TiffSegment[]): PageRefusal | null {
  if (layout.unsupported !== null) {
    return { kind: 'image-unsupported', detail: layout.unsupported }
  }
  const { width, height, samples, bits } = layout
  const sampleBytes = bits > 16 ? 4 : bits > 8 ? 2 : 1
  const pixels = width * height * samples * sampleBytes
  const scratch = fillsRows(layout) ? 0 : segmentBytes(layout, layout.segmentHeight)
  // LZW and PackBits are decoded from a whole strip, the others from pieces of it.
  const whole = layout.compression === 'lzw' || layout.compression === 'packbits'
  const stored = Math.min(
    segments.reduce((most, { bytes }) => Math.max(most, bytes), 0),
    mostStored(layout.compression, segmentBytes(layout, layout.segmentHeight)),
  )
  return refuseTooLarge(layout, pixels + scratch + (whole ? stored : 0))
}

/** Bytes of a strip that can matter, whatever size it claims: no compression makes it twice as long. */
export function mostStored(compression: TiffCompression, decoded: number): number {
  return compression === 'none' ? decoded : 2 * decoded + 2 ** 16
}

function corrupt({ path }: ByteSource, detail: string): Result<never, StructureFault> {
  return fail({ kind: 'image-corrupt', path, detail })
}

function truncated({ path }: ByteSource, detail: string): Result<never, StructureFault> {
  return fail({ kind: 'image-truncated', path, detail })
}

function tooLarge({ path }: ByteSource, detail: string): Result<never, StructureFault> {
  return fail({ kind: 'image-too-large', path, detail })
}
