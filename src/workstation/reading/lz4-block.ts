/**
 * Decodes one block of LZ4 (lz4_Block_format.md) into `out` and never beyond.
 *
 * @returns how many bytes were filled; fewer than `out` has where the block is broken.
 */
export function decodeLz4Block(block: Uint8Array, out: Uint8Array): number {
  let at = 0
  let filled = 0
  const longer = (length: number): number => {
    if (length !== 15) return length
    let sum = length
    let more = 255
    while (more === 255 && at < block.length) {
      more = block[at]!
      sum += more
      at += 1
    }
    return sum
  }
  while (at < block.length) {
    const token = block[at]!
    at += 1
    const literals = longer(token >> 4)
    if (at + literals > block.length || filled + literals > out.length) return filled
    out.set(block.subarray(at, at + literals), filled)
    at += literals
    filled += literals
    // The last sequence has no match.
    if (at + 2 > block.length) return filled
    const distance = block[at]! | (block[at + 1]! << 8)
    at += 2
    const length = longer(token & 15) + 4
    if (distance === 0 || distance > filled || filled + length > out.length) return filled
    filled = copyMatch(out, filled, distance, length)
  }
  return filled
}

/** A match may run into what it writes. Returns where it ends. */
export function copyMatch(out: Uint8Array, at: number, distance: number, length: number): number {
  if (distance >= length) out.copyWithin(at, at - distance, at - distance + length)
  else for (let i = at; i < at + length; i += 1) out[i] = out[i - distance]!
  return at + length
}
