import { gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { registry } from 'zarrita'
import { decodeBlosc } from './blosc.ts'
import { crc32c } from './crc32c.ts'
import { decodeLz4Block } from './lz4-block.ts'

type CodecEntry = Awaited<ReturnType<Parameters<typeof registry.set>[1]>>
type ChunkKind = Parameters<CodecEntry['fromConfig']>[1]
type Codec = ReturnType<CodecEntry['fromConfig']>

/** What a stored chunk decodes to, which must be so many bytes. */
type Decode = (stored: Uint8Array, expected: number) => Uint8Array

/**
 * Puts codecs before zarrita's that decode to the size of a chunk and never beyond: a chunk may claim or hold anything.
 *
 * zarrita's own gzip inflates without end, its blosc and lz4 do not say when a chunk is broken, and its checksum is
 * passed over.
 */
export function boundCodecs(): void {
  const codecs: Readonly<Record<string, Decode>> = {
    zstd: (stored, maxOutputLength) => zstdDecompressSync(stored, { maxOutputLength }),
    gzip: (stored, maxOutputLength) => gunzipSync(stored, { maxOutputLength }),
    zlib: (stored, maxOutputLength) => inflateSync(stored, { maxOutputLength }),
    blosc: decodeBlosc,
    lz4: decodeLz4,
  }
  for (const [name, decode] of Object.entries(codecs)) {
    const entry: CodecEntry = { fromConfig: (_, kind) => bounded(decode, kind) }
    registry.set(name, async () => entry)
    registry.set(`numcodecs.${name}`, async () => entry)
  }
  registry.set('crc32c', async () => ({ fromConfig: () => CHECKSUM }))
}

function bounded(decode: Decode, kind: ChunkKind): Codec {
  const expected = kind.shape.reduce((bytes, size) => bytes * size, sampleBytes(kind.dataType))
  return {
    kind: 'bytes_to_bytes',
    encode: readOnly,
    decode(stored: Uint8Array) {
      const bytes = decode(stored, expected)
      refuseClaim(bytes.length, expected)
      return bytes
    },
  }
}

/** As numcodecs has it: the number of bytes before one block. */
function decodeLz4(stored: Uint8Array, expected: number): Uint8Array {
  if (stored.length < 4) throw new Error('cut short')
  refuseClaim(viewOf(stored).getUint32(0, true), expected)
  const out = new Uint8Array(expected)
  return out.subarray(0, decodeLz4Block(stored.subarray(4), out))
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
