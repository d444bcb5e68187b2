/**
 * Decodes PackBits (TIFF 6.0, section 9) into `out` and gives the number of bytes that were decoded:
 * less than `out` holds where the data end early.
 */
export function decodePackBits(bytes: Uint8Array, out: Uint8Array): number {
  let filled = 0
  let position = 0
  while (filled < out.length && position < bytes.length) {
    const head = bytes[position]!
    position += 1
    if (head === 128) continue
    if (head < 128) {
      const run = bytes.subarray(position, position + Math.min(head + 1, out.length - filled))
      out.set(run, filled)
      filled += run.length
      position += head + 1
    } else if (position < bytes.length) {
      const end = Math.min(filled + 257 - head, out.length)
      out.fill(bytes[position]!, filled, end)
      filled = end
      position += 1
    }
  }
  return filled
}
