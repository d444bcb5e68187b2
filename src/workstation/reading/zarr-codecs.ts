import { gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { registry } from 'zarrita'
import { crc32c } from './crc32c.ts'

type CodecEntry = Awaited<ReturnType<Parameters<typeof registry.set>[1]>>
type ChunkKind = Parameters<CodecEntry['fromConfig']>[1]
type Codec = ReturnType<CodecEntry['fromConfig']>

/** What a stored chunk decodes to, of so many bytes. */
type Decode = (stored: Uint8Array, expected: number, kind: ChunkKind) => Promise<Uint8Array>

/**
 * Puts codecs before zarrita's that decode to the size of a chunk and never beyond: a chunk may claim or hold anything.
 *
 * zarrita's own gzip inflates without end, its blosc makes as much room as the chunk asks for, and its checksum is
 * passed over.
 */
export function boundCodecs(): void {
  const blosc = ofZarrita('blosc')
  const lz4 = ofZarrita('lz4')
  const codecs: Readonly<Record<string, Decode>> = {
    zstd: async (stored, maxOutputLength) => zstdDecompressSync(stored, { maxOutputLength }),
    gzip: async (stored, maxOutputLength) => gunzipSync(stored, { maxOutputLength }),
    zlib: async (stored, maxOutputLength) => inflateSync(stored, { maxOutputLength }),
    blosc: async (stored, expected, kind) => {
      if (stored.length < BLOSC_HEADER) throw new Error('cut short')
      const header = viewOf(stored)
      refuseClaim(header.getUint32(4, true), expected)
      if (header.getUint32(12, true) !== stored.length) throw new Error('cut short')
      return (await blosc(kind)).decode(stored)
    },
    lz4: async (stored, expected, kind) => {
      if (stored.length < 4) throw new Error('cut short')
      refuseClaim(viewOf(stored).getUint32(0, true), expected)
      return (await lz4(kind)).decode(stored)
    },
  }
  for (const [name, decode] of Object.entries(codecs)) {
    const entry: CodecEntry = { fromConfig: (_, kind) => bounded(decode, kind) }
    registry.set(name, async () => entry)
    registry.set(`numcodecs.${name}`, async () => entry)
  }
  registry.set('crc32c', async () => ({ fromConfig: () => CHECKSUM }))
}

/** Version, flags and sizes: README_CHUNK_FORMAT of c-blosc 1. */
const BLOSC_HEADER = 16

/** zarrita's own codec, loaded when the first chunk needs it; what a chunk was written with is in the chunk. */
function ofZarrita(name: string): (kind: ChunkKind) => Promise<Codec> {
  const load = registry.get(name)!
  return async kind => (await load()).fromConfig({}, kind)
}

function bounded(decode: Decode, kind: ChunkKind): Codec {
  const expected = kind.shape.reduce((bytes, size) => bytes * size, sampleBytes(kind.dataType))
  return {
    kind: 'bytes_to_bytes',
    encode: readOnly,
    async decode(stored: Uint8Array) {
      const bytes = await decode(stored, expected, kind)
      refuseClaim(bytes.length, expected)
      return bytes
    },
  }
}

/** Four bytes after all others: their CRC-32C. */
const CHECKSUM: Codec = {
  kind: 'bytes_to_bytes',
  encode: readOnly,
  decode(stored: Uint8Array) {
    if (stored.length < 4) throw new Error('cut short')
    const bytes = stored.subarray(0, stored.length - 4)
    if (crc32c(bytes) !== viewOf(stored).getUint32(bytes.length, true)) {
      throw new Error('its checksum is another')
    }
    return bytes
  },
  computeEncodedSize: (bytes: number) => bytes + 4,
}

/** `uint16` → 2. */
function sampleBytes(type: string): number {
  return Number(/\d+$/.exec(type)?.[0]) / 8
}

function refuseClaim(bytes: number, expected: number): void {
  if (bytes !== expected) throw new Error(`${bytes} of ${expected} bytes`)
}

function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, length)
}

function readOnly(): never {
  throw new Error('arrays are not written')
}
