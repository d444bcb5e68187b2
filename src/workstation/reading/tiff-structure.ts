import { fail, ok, type Result } from '#core/fault.ts'
import type { ByteSource } from './byte-source.ts'
import {
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
  type TiffEntry,
} from './tiff-directory.ts'
import { NOTE_TAGS } from './tiff-notes.ts'
import { TAG, tiffLayout, type TiffLayout } from './tiff-layout.ts'
import { decodingBytes, locateSegments, type TiffSegment } from './tiff-segments.ts'

export interface TiffStructure extends ImageStructure {
  readonly format: 'tiff'
  readonly pages: readonly TiffPage[]
}

export interface TiffPage extends PageStructure {
  readonly layout: TiffLayout
  readonly littleEndian: boolean
  /** Strips or tiles, in the order of the file's tables; none where the layout is not supported. */
  readonly segments: readonly TiffSegment[]
  /** Where the page's notes about itself are, by their tags. */
  readonly notes: ReadonlyMap<number, TiffEntry>
}

const SUBFILE_TYPE = 254
const DESCRIPTION = 270
const STRIP_OFFSETS = 273
const STRIP_BYTES = 279
const TILE_OFFSETS = 324
const TILE_BYTES = 325

const LAYOUT_TAGS = Object.values(TAG)
const TAGS_READ = [...LAYOUT_TAGS, STRIP_OFFSETS, STRIP_BYTES, TILE_OFFSETS, TILE_BYTES]

/** Bounds on what a file may make us do and keep, far above any microscope's. */
const MOST_PAGES = 2 ** 16
/** Strips and tiles of all pages: they are kept. */
const MOST_SEGMENTS = 2 ** 20
/** Values of one tag: the longest is a palette of 16 bits. */
const MOST_VALUES = 2 ** 18
/** Values of all tags of all pages. */
const MOST_NUMBERS = 2 ** 25

/**
 * Walks the directories of a TIFF or BigTIFF and checks every number that reading relies on, before anything is
 * decoded or allocated: each table and strip lies in the file, and could hold the pixels that the page declares.
 */
export async function readTiffStructure(
  source: ByteSource,
): Promise<Result<TiffStructure, StructureFault>> {
  const header = await readTiffHeader(source)
  if (!header.ok) return header
  const { dialect, first } = header.value
  const pages: TiffPage[] = []
  const visited = new Set<number>()
  let segments = 0
  let numbers = 0
  for (let offset = first; offset !== 0;) {
    if (visited.has(offset)) return corrupt(source, 'its directories run in a circle')
    if (visited.size === MOST_PAGES) return tooLarge(source, `more than ${MOST_PAGES} pages`)
    visited.add(offset)
    const directory = await readDirectory(source, dialect, offset)
    if (!directory.ok) return directory
    const page = await readPage(source, dialect, directory.value)
    if (!page.ok) return page
    pages.push(page.value)
    segments += page.value.segments.length
    numbers += countNumbers(directory.value)
    if (segments > MOST_SEGMENTS) return tooLarge(source, `more than ${MOST_SEGMENTS} strips`)
    if (numbers > MOST_NUMBERS) return tooLarge(source, `more than ${MOST_NUMBERS} numbers`)
    offset = directory.value.next
  }
  if (pages.length === 0) return truncated(source, 'it has no directory yet')
  return ok({ format: 'tiff', pages, whole: true })
}

/** How the file writes its numbers, and where its first directory is; 0 where there is none yet. */
export async function readTiffHeader(
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
  // Offsets of 8 bytes, and two bytes that are always 0.
  const sound = view.getUint16(4, littleEndian) === 8 && view.getUint16(6) === 0
  if (!sound) return corrupt(source, 'its header')
  const first = Number(view.getBigUint64(8, littleEndian))
  return ok({ dialect: { littleEndian, big: true }, first })
}

async function readPage(
  source: ByteSource,
  dialect: TiffDialect,
  directory: TiffDirectory,
): Promise<Result<TiffPage, StructureFault>> {
  const values = await readTags(source, dialect, directory, LAYOUT_TAGS)
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
    tables.value.get(bytesTag) ?? new Float64Array(0),
  )
  if (!segments.ok) return segments
  const { width, height, samples, bits, sampleFormat } = layout
  return ok({
    width,
    height,
    samples,
    bits,
    sampleFormat,
    reduced: await isReduced(source, dialect, directory),
    refusal: refuse(layout, segments.value),
    layout,
    littleEndian: dialect.littleEndian,
    segments: segments.value,
    notes: new Map([...directory.entries].filter(([tag]) => NOTE_TAGS.has(tag))),
  })
}

/** No image is lost for a tag that makes no sense. */
async function isReduced(
  source: ByteSource,
  dialect: TiffDialect,
  { entries }: TiffDirectory,
): Promise<boolean> {
  const entry = entries.get(SUBFILE_TYPE)
  if (entry?.count !== 1) return false
  const kind = await readIntegers(source, dialect, SUBFILE_TYPE, entry)
  return kind.ok && kind.value[0]! % 2 === 1
}

/** Values of the tags that are read. */
function countNumbers({ entries }: TiffDirectory): number {
  let count = 0
  for (const tag of TAGS_READ) count += entries.get(tag)?.count ?? 0
  return count
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
    if (entry.count > MOST_VALUES) {
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

function refuse(layout: TiffLayout, segments: readonly TiffSegment[]): PageRefusal | null {
  if (layout.unsupported === null) return refuseTooLarge(layout, decodingBytes(layout, segments))
  return { kind: 'image-unsupported', detail: layout.unsupported }
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
