import { inflateSync, zstdDecompressSync } from 'node:zlib'
import { decodeBloscLz } from './blosclz.ts'
import { decodeLz4Block } from './lz4-block.ts'

/** A chunk is sound, but not of a kind that can be read. */
export class UnknownCompression extends Error {}

/** Version, flags, size of a sample, and three sizes. */
const HEADER = 16

const SHUFFLED = 1
const COPIED = 2
const BIT_SHUFFLED = 4
const UNSPLIT = 16

/** By their numbers: BloscLZ, LZ4, Snappy, zlib, Zstandard. */
const FORMATS = ['blosclz', 'lz4', 'snappy', 'zlib', 'zstd'] as const

/**
 * Decodes a chunk of Blosc 1 (README_CHUNK_FORMAT.rst of c-blosc 1.21) that must have `expected` bytes.
 *
 * Ours, because numcodecs.js 0.3.2 hands out what lies in memory where a chunk is broken, and says nothing.
 *
 * @throws where the chunk is broken
 */
export function decodeBlosc(chunk: Uint8Array, expected: number): Uint8Array {
  if (chunk.length < HEADER) throw new Error('cut short')
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length)
  const [version, flags, sampleBytes] = [chunk[0]!, chunk[2]!, Math.max(1, chunk[3]!)]
  const blockBytes = view.getUint32(8, true)
  if (version > 2) throw new UnknownCompression(`version ${version} of its format`)
  if (view.getUint32(4, true) !== expected) {
    throw new Error(`${view.getUint32(4, true)} of ${expected} bytes`)
  }
  if (view.getUint32(12, true) !== chunk.length) throw new Error('cut short')
  if ((flags & COPIED) !== 0) {
    if (chunk.length !== HEADER + expected) throw new Error('cut short')
    return chunk.subarray(HEADER)
  }
  const format = FORMATS[flags >> 5]
  if (format === undefined || format === 'snappy') {
    throw new UnknownCompression(format ?? `compression ${flags >> 5}`)
  }
  const blocks = Math.ceil(expected / blockBytes)
  if (blockBytes === 0 || HEADER + 4 * blocks > chunk.length) throw new Error('cut short')
  const out = new Uint8Array(expected)
  const scratch = new Uint8Array(Math.min(blockBytes, expected))
  for (let block = 0; block < blocks; block += 1) {
    const bytes = Math.min(blockBytes, expected - block * blockBytes)
    const split = (flags & UNSPLIT) === 0 && bytes === blockBytes
    const stored = scratch.subarray(0, bytes)
    const streams = split ? sampleBytes : 1
    if (bytes % streams !== 0) throw new Error('its blocks do not hold whole samples')
    const size = bytes / streams
    let at = view.getUint32(HEADER + 4 * block, true)
    for (let stream = 0; stream < streams; stream += 1) {
      const length = at + 4 <= chunk.length ? view.getUint32(at, true) : Infinity
      at += 4
      if (at + length > chunk.length) throw new Error('a block lies beyond its end')
      const target = stored.subarray(stream * size, (stream + 1) * size)
      decodeStream(format, chunk.subarray(at, at + length), target)
      at += length
    }
    restore(
      flags,
      sampleBytes,
      stored,
      out.subarray(block * blockBytes, block * blockBytes + bytes),
    )
  }
  return out
}

type Format = Exclude<(typeof FORMATS)[number], 'snappy'>

/** A stream as long as what it holds is not compressed. */
function decodeStream(format: Format, stream: Uint8Array, out: Uint8Array): void {
  if (stream.length === out.length) return out.set(stream)
  const filled = fill(format, stream, out)
  if (filled !== out.length) throw new Error(`${filled} of ${out.length} bytes in a block`)
}

function fill(format: Format, stream: Uint8Array, out: Uint8Array): number {
  if (format === 'lz4') return decodeLz4Block(stream, out)
  if (format === 'blosclz') return decodeBloscLz(stream, out)
  // With room to spare, else another piece of memory is taken as soon as the first is full.
  const options = { maxOutputLength: out.length, chunkSize: Math.max(64, out.length + 1) }
  const bytes =
    format === 'zlib' ? inflateSync(stream, options) : zstdDecompressSync(stream, options)
  out.set(bytes)
  return bytes.length
}

function restore(flags: number, sampleBytes: number, stored: Uint8Array, out: Uint8Array): void {
  const samples = Math.floor(stored.length / sampleBytes)
  if ((flags & BIT_SHUFFLED) !== 0 && samples % 8 === 0) joinBits(stored, samples, sampleBytes, out)
  else if ((flags & SHUFFLED) !== 0) joinBytes(stored, samples, sampleBytes, out)
  else return out.set(stored)
  const whole = samples * sampleBytes
  out.set(stored.subarray(whole), whole)
}

/** First the first byte of each sample, then the second of each. */
function joinBytes(
  stored: Uint8Array,
  samples: number,
  sampleBytes: number,
  out: Uint8Array,
): void {
  for (let byte = 0; byte < sampleBytes; byte += 1) {
    const from = byte * samples
    for (let i = 0; i < samples; i += 1) out[i * sampleBytes + byte] = stored[from + i]!
  }
}

/** First the lowest bit of each sample, eight in a byte, then the next bit of each. */
function joinBits(stored: Uint8Array, samples: number, sampleBytes: number, out: Uint8Array): void {
  const row = samples / 8
  for (let byte = 0; byte < sampleBytes; byte += 1) {
    for (let i = 0; i < row; i += 1) {
      for (let sample = 0; sample < 8; sample += 1) {
        let value = 0
        for (let bit = 0; bit < 8; bit += 1) {
          value |= ((stored[(byte * 8 + bit) * row + i]! >> sample) & 1) << bit
        }
        out[(i * 8 + sample) * sampleBytes + byte] = value
      }
    }
  }
}
