import { copyMatch } from './lz4-block.ts'

/** Distances beyond it are written with two bytes more. */
const NEAR = 8191

/**
 * Decodes a stream of BloscLZ (blosclz.c of c-blosc 1.21) into `out` and never beyond.
 *
 * @returns how many bytes were filled; fewer than `out` has where the stream is broken.
 */
export function decodeBloscLz(stream: Uint8Array, out: Uint8Array): number {
  let at = 0
  let filled = 0
  while (at < stream.length) {
    // The first token can only be of literals.
    const token = at === 0 ? stream[at]! & 31 : stream[at]!
    at += 1
    if (token < 32) {
      const literals = token + 1
      if (at + literals > stream.length || filled + literals > out.length) return filled
      out.set(stream.subarray(at, at + literals), filled)
      at += literals
      filled += literals
      continue
    }
    let length = (token >> 5) + 2
    if (token >> 5 === 7) {
      let more = 255
      while (more === 255 && at < stream.length) {
        more = stream[at]!
        length += more
        at += 1
      }
    }
    if (at >= stream.length) return filled
    const low = stream[at]!
    at += 1
    let distance = ((token & 31) << 8) + low + 1
    if (low === 255 && (token & 31) === 31) {
      if (at + 2 > stream.length) return filled
      distance = (stream[at]! << 8) + stream[at + 1]! + NEAR + 1
      at += 2
    }
    if (distance > filled || filled + length > out.length) return filled
    filled = copyMatch(out, filled, distance, length)
  }
  return filled
}
