import { fail, ok, type Result } from '#core/fault.ts'
import type { ArrayFiles } from './array-files.ts'
import {
  refuseTooLarge,
  type ImageStructure,
  type PageRefusal,
  type PageStructure,
  type SampleFormat,
  type StructureFault,
} from './image-structure.ts'
import { describeArray, type ArrayMetadata } from './zarr-metadata.ts'

/** A Zarr array as an image: its last two axes are y and x, and a page is one place of all the others. */
export interface ZarrStructure extends ImageStructure {
  readonly format: 'zarr'
  readonly array: ArrayExtent
  readonly metadata: ArrayMetadata
}

/** What an array is, and what of it is there. */
export interface ArrayExtent {
  /** Pixels along each axis, the slowest first: page p counts with the last axis before y and x as the fastest. */
  readonly shape: readonly number[]
  /** Chunks that have not been written, or not whole: they are still to come, or hold nothing but the fill value. */
  readonly missingChunks: number
  /** Pages of which no chunk was written. */
  readonly absentPages: ReadonlySet<number>
}

const MOST_PAGES = 100_000
/** Of one page; real ones have up to some hundreds. */
const MOST_CHUNKS = 65_536
/** While a chunk is decoded it is there stored, decoded, and once more in the decoder. */
const CHUNK_COPIES = 3

/**
 * Reads what an array says about itself, and what of it is there. No chunk is opened.
 *
 * @param json its `.zarray` or `zarr.json`, as `name` says.
 */
export function readZarrStructure(
  path: string,
  name: string,
  json: Uint8Array,
  files: ArrayFiles,
): Result<ZarrStructure, StructureFault> {
  const described = describeArray(name, json)
  if (!described.ok) return fail({ kind: 'image-corrupt', path, detail: described.problem })
  const { metadata } = described
  const { shape } = metadata
  if (shape.length < 2) return fail({ kind: 'not-an-image', path, detail: 'an array of one axis' })
  const count = shape.slice(0, -2).reduce((pages, size) => pages * size, 1)
  if (count > MOST_PAGES) {
    return fail({ kind: 'image-too-large', path, detail: `${count} planes in one array` })
  }
  const page = pageOf(metadata, files.strange)
  const { missingChunks, absentPages } = whatIsThere(metadata, files, count)
  return ok({
    format: 'zarr',
    pages: Array.from({ length: count }, () => page),
    whole: true,
    array: { shape, missingChunks, absentPages },
    metadata,
  })
}

function pageOf(metadata: ArrayMetadata, strange: string | null): PageStructure {
  const { shape, chunk, type } = metadata
  const [height, width] = [shape.at(-2)!, shape.at(-1)!]
  const { bits, sampleFormat } = SAMPLES.get(type) ?? { bits: 8, sampleFormat: 'other' as const }
  const page = { width, height, samples: 1, bits, sampleFormat, reduced: false }
  const chunkBytes = chunk.reduce((bytes, size) => bytes * size, bits / 8)
  const chunks = Math.ceil(height / chunk.at(-2)!) * Math.ceil(width / chunk.at(-1)!)
  const unsupported =
    strange ?? metadata.unsupported ?? (sampleFormat === 'other' ? `samples of type ${type}` : null)
  const refusal: PageRefusal | null =
    unsupported !== null
      ? { kind: 'image-unsupported', detail: unsupported }
      : chunks > MOST_CHUNKS
        ? { kind: 'image-too-large', detail: `${chunks} chunks in one plane` }
        : refuseTooLarge(page, (width * height * bits) / 8 + CHUNK_COPIES * chunkBytes)
  return { ...page, refusal }
}

const SAMPLES: ReadonlyMap<string, { readonly bits: number; readonly sampleFormat: SampleFormat }> =
  new Map([
    ['uint8', { bits: 8, sampleFormat: 'unsigned' }],
    ['uint16', { bits: 16, sampleFormat: 'unsigned' }],
    ['uint32', { bits: 32, sampleFormat: 'unsigned' }],
    ['int8', { bits: 8, sampleFormat: 'signed' }],
    ['int16', { bits: 16, sampleFormat: 'signed' }],
    ['int32', { bits: 32, sampleFormat: 'signed' }],
    ['float32', { bits: 32, sampleFormat: 'float' }],
    ['float64', { bits: 64, sampleFormat: 'float' }],
  ])

/** By the names of the files: each is a chunk, or a shard of several. One that is empty or too short was only begun. */
function whatIsThere(
  { shape, stored, separator, prefix, plain, type }: ArrayMetadata,
  { files }: ArrayFiles,
  pages: number,
): Pick<ArrayExtent, 'missingChunks' | 'absentPages'> {
  const grid = shape.map((size, axis) => Math.ceil(size / stored[axis]!))
  const promised = grid.reduce((chunks, size) => chunks * size, 1)
  const bits = SAMPLES.get(type)?.bits ?? 8
  const least = plain ? stored.reduce((bytes, size) => bytes * size, bits / 8) : 1
  let short = 0
  const places = files.flatMap(({ name, bytes }) => {
    if (bytes === 0 || !name.startsWith(prefix)) return []
    const place = name.slice(prefix.length).split(separator)
    const within =
      place.length === grid.length &&
      place.every((index, axis) => INDEX.test(index) && Number(index) < grid[axis]!)
    if (within && bytes < least) short += 1
    return within ? [place.map(Number)] : []
  })
  const present = new Set<number>()
  const sides = shape.slice(0, -2)
  // Chunks of one part of a plane fill the same pages.
  const spans = new Set(places.map(place => place.slice(0, -2).join(' ')))
  for (const span of spans) {
    let starts = [0]
    const indexes = span === '' ? [] : span.split(' ').map(Number)
    for (const [axis, index] of indexes.entries()) {
      const from = index * stored[axis]!
      const to = Math.min(from + stored[axis]!, sides[axis]!)
      starts = starts.flatMap(start =>
        Array.from({ length: to - from }, (_, i) => start * sides[axis]! + from + i),
      )
    }
    for (const page of starts) present.add(page)
  }
  const absentPages = new Set<number>()
  for (let page = 0; page < pages; page += 1) if (!present.has(page)) absentPages.add(page)
  return { missingChunks: promised - places.length + short, absentPages }
}

const INDEX = /^(?:0|[1-9]\d{0,8})$/
