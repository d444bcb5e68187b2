import { isZarritaError, open, type Array as ZarrArray, type DataType } from 'zarrita'
import { UnknownCompression } from './blosc.ts'
import { emptySamples, type Samples } from './samples.ts'
import { boundCodecs } from './zarr-codecs.ts'
import type { ArrayMetadata } from './zarr-metadata.ts'

/** The files of an array by their names below it. */
export interface ChunkFiles {
  /** Undefined where there is none. */
  readonly size: (name: string) => number | undefined
  /** @param range within the file; all of it where it is left out. */
  readonly read: (
    name: string,
    range?: { readonly offset: number; readonly length: number },
  ) => Promise<Uint8Array>
}

export type DecodedPage =
  | { readonly ok: true; readonly pixels: Samples }
  | {
      readonly ok: false
      readonly kind: 'image-corrupt' | 'image-unsupported'
      readonly detail: string
    }

export type DecodePage = (page: number) => Promise<DecodedPage>

boundCodecs()

/** Decoded chunks that hold more pages than one are kept, up to so many bytes. */
const KEPT_BYTES = 64 * 2 ** 20

/**
 * Decodes pages of an array, chunk after chunk; what was not written is the fill value.
 *
 * @param metadata of an array that nothing speaks against.
 */
export async function decodePages(
  metadata: ArrayMetadata,
  chunks: ChunkFiles,
): Promise<DecodePage> {
  const { shape, chunk } = metadata
  const [height, width] = [shape.at(-2)!, shape.at(-1)!]
  const [down, across] = [chunk.at(-2)!, chunk.at(-1)!]
  const axes = shape.length - 2
  const samples = chunk.reduce((count, size) => count * size, 1)
  const shared = samples > down * across
  const kept = new Map<string, Decoded>()
  let array: ZarrArray<DataType> | null = null

  async function chunkAt(place: readonly number[]): Promise<Decoded> {
    const key = place.join('/')
    const known = kept.get(key)
    if (known !== undefined) return known
    array ??= await openArray(chunks)
    const { data, stride } = await array.getChunk([...place])
    const numbers = samplesOfChunk(data)
    if (numbers.length !== samples) {
      throw new Broken('image-corrupt', `${numbers.length} of ${samples} samples`)
    }
    const decoded = { numbers, stride }
    const most = Math.floor(KEPT_BYTES / numbers.byteLength)
    if (shared && most > 0) {
      if (kept.size >= most) kept.delete(kept.keys().next().value!)
      kept.set(key, decoded)
    }
    return decoded
  }

  async function decode(page: number): Promise<Samples> {
    const place = placeOf(page, shape.slice(0, axes))
    const above = place.map((index, axis) => Math.floor(index / chunk[axis]!))
    const pixels = emptyLike(metadata.type, width * height)
    for (let top = 0; top < height; top += down) {
      for (let left = 0; left < width; left += across) {
        const at = [...above, top / down, left / across]
        const { numbers, stride } = await chunkAt(at).catch(cause => {
          throw brokenAt(cause, at)
        })
        const first = place.reduce(
          (sum, index, axis) => sum + (index % chunk[axis]!) * stride[axis]!,
          0,
        )
        const [rowStep, step] = [stride[axes]!, stride[axes + 1]!]
        const count = Math.min(across, width - left)
        for (let y = 0; y < Math.min(down, height - top); y += 1) {
          const from = first + y * rowStep
          const to = (top + y) * width + left
          if (step === 1) pixels.set(numbers.subarray(from, from + count), to)
          else for (let x = 0; x < count; x += 1) pixels[to + x] = numbers[from + x * step]!
        }
      }
    }
    return pixels
  }

  return async page => {
    try {
      return { ok: true, pixels: await decode(page) }
    } catch (cause) {
      if (cause instanceof Broken) return { ok: false, kind: cause.kind, detail: cause.message }
      throw cause
    }
  }
}

interface Decoded {
  readonly numbers: Samples
  /** From one sample to the next along each axis. */
  readonly stride: readonly number[]
}

class Broken extends Error {
  readonly kind: 'image-corrupt' | 'image-unsupported'

  constructor(kind: Broken['kind'], detail: string) {
    super(detail)
    this.kind = kind
  }
}

/** What zarrita and its codecs say against a chunk; anything else is passed on. */
function brokenAt(cause: unknown, place: readonly number[]): unknown {
  const where = `chunk ${place.join('/')}`
  if (cause instanceof Broken) return new Broken(cause.kind, `${where}: ${cause.message}`)
  if (isZarritaError(cause, 'CodecPipelineError')) {
    const reason = cause.cause instanceof Error ? cause.cause.message : String(cause.cause)
    const kind = cause.cause instanceof UnknownCompression ? 'image-unsupported' : 'image-corrupt'
    return new Broken(kind, `${where}: ${cause.codec}: ${reason}`)
  }
  if (isZarritaError(cause)) return new Broken('image-unsupported', `${where}: ${cause.message}`)
  return cause
}

/** zarrita sees the listed files alone, so nothing leads it anywhere else. */
function openArray(chunks: ChunkFiles): Promise<ZarrArray<DataType>> {
  const store = {
    async get(key: string): Promise<Uint8Array | undefined> {
      const name = key.slice(1)
      return chunks.size(name) === undefined ? undefined : chunks.read(name)
    },
    async getRange(key: string, range: Range): Promise<Uint8Array | undefined> {
      const name = key.slice(1)
      const size = chunks.size(name)
      if (size === undefined) return undefined
      const suffix = 'suffixLength' in range
      const length = suffix ? range.suffixLength : range.length
      const offset = suffix ? size - length : range.offset
      if (!(offset >= 0 && length >= 0 && offset + length <= size)) {
        throw new Broken('image-corrupt', 'the index of its shard points outside')
      }
      return chunks.read(name, { offset, length })
    },
  }
  return chunks.size('.zarray') === undefined
    ? open.v3(store, { kind: 'array' })
    : open.v2(store, { kind: 'array', attrs: false })
}

type Range =
  { readonly suffixLength: number } | { readonly offset: number; readonly length: number }

/** Signed integers as their two's complement, as pages of TIFF have them. */
function samplesOfChunk(data: unknown): Samples {
  if (data instanceof Uint8Array || data instanceof Uint16Array) return data
  if (data instanceof Uint32Array || data instanceof Float32Array) return data
  if (data instanceof Float64Array) return data
  if (data instanceof Int8Array) return new Uint8Array(data.buffer, data.byteOffset, data.length)
  if (data instanceof Int16Array) return new Uint16Array(data.buffer, data.byteOffset, data.length)
  if (data instanceof Int32Array) return new Uint32Array(data.buffer, data.byteOffset, data.length)
  throw new Broken('image-unsupported', 'samples of another type')
}

function emptyLike(type: string, length: number): Samples {
  const bits = Number(/\d+$/.exec(type)![0])
  return emptySamples(
    { bits, sampleFormat: type.startsWith('float') ? 'float' : 'unsigned' },
    length,
  )
}

/** The last axis is the fastest. */
function placeOf(page: number, sides: readonly number[]): readonly number[] {
  const place: number[] = []
  let left = page
  for (const side of sides.toReversed()) {
    place.unshift(left % side)
    left = Math.floor(left / side)
  }
  return place
}
