import type { SampleFormat } from './image-structure.ts'

/** Samples as they are stored, in the order in which they are stored. */
export type Samples = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array

interface SampleKind {
  /** 1 to 16, or 32; 64 of real numbers. */
  readonly bits: number
  readonly sampleFormat: SampleFormat
}

export function emptySamples(kind: SampleKind, length: number): Samples {
  const size = kind.bits > 32 ? 8 : kind.bits > 16 ? 4 : kind.bits > 8 ? 2 : 1
  return samplesOf(new Uint8Array(length * size), kind)
}

/** The same memory as samples in this machine's order, which is little-endian wherever Parfocal runs. */
export function samplesOf(bytes: Uint8Array, { bits, sampleFormat }: SampleKind): Samples {
  const { buffer, byteOffset, length } = bytes
  if (sampleFormat === 'float' && bits > 32) return new Float64Array(buffer, byteOffset, length / 8)
  if (sampleFormat === 'float') return new Float32Array(buffer, byteOffset, length / 4)
  return wordsOf(bytes, bits)
}

/** The same memory as whole numbers. */
export function wordsOf(bytes: Uint8Array, bits: number): Uint8Array | Uint16Array | Uint32Array {
  const { buffer, byteOffset, length } = bytes
  if (bits <= 8) return bytes
  if (bits <= 16) return new Uint16Array(buffer, byteOffset, length / 2)
  return new Uint32Array(buffer, byteOffset, length / 4)
}

export function bytesOf({ buffer, byteOffset, byteLength }: Samples): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** Turns samples of 1, 2, 4 or 8 bytes from big-endian to little-endian, in place. */
export function swapBytes({ buffer, byteOffset, length }: Uint8Array, size: number): void {
  const bytes = Buffer.from(buffer, byteOffset, length)
  if (size === 2) bytes.swap16()
  if (size === 4) bytes.swap32()
  if (size === 8) bytes.swap64()
}

/** Where the samples of a row go: every `step`th of an array from `start` on. */
export interface RowPlace {
  readonly start: number
  readonly step: number
  readonly count: number
}

/** Samples of 1 to 15 bits, packed from the highest bit down. */
export function unpackRow(
  row: Uint8Array,
  bits: number,
  out: Samples,
  { start, step, count }: RowPlace,
): void {
  const mask = (1 << bits) - 1
  let position = 0
  let buffer = 0
  let held = 0
  for (let i = 0; i < count; i += 1) {
    while (held < bits) {
      buffer = (buffer << 8) | row[position]!
      position += 1
      held += 8
    }
    held -= bits
    out[start + i * step] = (buffer >>> held) & mask
  }
}

const REVERSED = Uint8Array.from({ length: 256 }, (_, byte) => {
  let reversed = 0
  for (let bit = 0; bit < 8; bit += 1) reversed |= ((byte >> bit) & 1) << (7 - bit)
  return reversed
})

export function reverseBits(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes, byte => REVERSED[byte]!)
}
