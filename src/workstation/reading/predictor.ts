/**
 * Undoes horizontal differencing (TIFF 6.0, section 14) in place: each sample was stored as its difference
 * from the one a pixel to the left, modulo its size.
 */
export function addHorizontally(
  samples: Uint8Array | Uint16Array | Uint32Array,
  perRow: number,
  perPixel: number,
): void {
  for (let row = 0; row < samples.length; row += perRow) {
    for (let i = row + perPixel; i < row + perRow; i += 1) {
      samples[i] = samples[i]! + samples[i - perPixel]!
    }
  }
}

/**
 * Undoes the floating-point predictor (Adobe, TIFF Technical Note 3): each row holds the highest bytes of all
 * samples, then the next lower ones, and so on, as differences of bytes.
 *
 * @returns 32-bit floats as little-endian bytes.
 */
export function joinFloatBytes(bytes: Uint8Array, perRow: number, perPixel: number): Uint8Array {
  const out = new Uint8Array(bytes.length)
  const rowBytes = perRow * 4
  for (let row = 0; row < bytes.length; row += rowBytes) {
    for (let i = row + perPixel; i < row + rowBytes; i += 1) {
      bytes[i] = bytes[i]! + bytes[i - perPixel]!
    }
    for (let i = 0; i < perRow; i += 1) {
      for (let byte = 0; byte < 4; byte += 1) {
        out[row + 4 * i + 3 - byte] = bytes[row + byte * perRow + i]!
      }
    }
  }
  return out
}
