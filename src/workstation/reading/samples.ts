/** Samples as they are stored, in the order in which they are stored. */
export type Samples = Uint8Array | Uint16Array | Uint32Array | Float32Array

/**
 * Bytes as samples of 8, 16 or 32 bits in this machine's order, which is little-endian wherever Parfocal runs.
 *
 * @param owned whether the bytes may be overwritten; else they are copied when they must change.
 */
export function samplesFrom(
  bytes: Uint8Array,
  kind: { readonly bits: number; readonly float: boolean; readonly bigEndian: boolean },
  owned: boolean,
): Samples {
  const size = kind.bits / 8
  if (size === 1) return bytes
  const swap = kind.bigEndian
  const aligned = bytes.byteOffset % size === 0
  const own = aligned && (owned || !swap) ? bytes : bytes.slice()
  if (swap) {
    const buffer = Buffer.from(own.buffer, own.byteOffset, own.length - (own.length % size))
    if (size === 2) buffer.swap16()
    else buffer.swap32()
  }
  const count = Math.floor(own.length / size)
  if (size === 2) return new Uint16Array(own.buffer, own.byteOffset, count)
  if (kind.float) return new Float32Array(own.buffer, own.byteOffset, count)
  return new Uint32Array(own.buffer, own.byteOffset, count)
}

/** Samples of 1 to 15 bits, packed from the highest bit down, each row from a new byte. */
export function unpackSamples(
  bytes: Uint8Array,
  bits: number,
  perRow: number,
  rows: number,
): Uint8Array | Uint16Array {
  const out = bits <= 8 ? new Uint8Array(perRow * rows) : new Uint16Array(perRow * rows)
  const rowBytes = Math.ceil((perRow * bits) / 8)
  const mask = (1 << bits) - 1
  for (let row = 0; row < rows; row += 1) {
    let position = row * rowBytes
    let buffer = 0
    let held = 0
    for (let i = row * perRow; i < (row + 1) * perRow; i += 1) {
      while (held < bits) {
        buffer = (buffer << 8) | bytes[position]!
        position += 1
        held += 8
      }
      held -= bits
      out[i] = (buffer >>> held) & mask
    }
  }
  return out
}

const REVERSED = Uint8Array.from({ length: 256 }, (_, byte) => {
  let reversed = 0
  for (let bit = 0; bit < 8; bit += 1) reversed |= ((byte >> bit) & 1) << (7 - bit)
  return reversed
})

export function reverseBits(bytes: Uint8Array): Uint8Array {
  return bytes.map(byte => REVERSED[byte]!)
}
