import { inflateSync } from 'node:zlib'

/**
 * Inflates zlib's format (RFC 1950) into no more than `limit` bytes, in one piece.
 *
 * @returns what went wrong where it is no whole stream or holds more.
 */
export function inflate(bytes: Uint8Array, limit: number): Uint8Array | string {
  try {
    // A chunk with room to spare, for zlib allocates another one as soon as the first is full.
    const out = inflateSync(bytes, { maxOutputLength: limit, chunkSize: Math.max(64, limit + 1) })
    // No Buffer, whose slice() is a view.
    return new Uint8Array(out.buffer, out.byteOffset, out.length)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) return `deflate: ${cause.message}`
    throw cause
  }
}
