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
 * Undoes the floating-point predictor (Adobe, TIFF Technical Note 3) in place: each row holds the highest bytes
 * of all samples, then the next lower ones, and so on, as differences of bytes. Leaves 32-bit floats, little-endian.
 */
export function joinFloatBytes(bytes: Uint8Array, perRow: number, perPixel: number): void {
  const rowBytes = perRow * 4
  const planes = new Uint8Array(rowBytes)
  for (let row = 0; row < bytes.length; row += rowBytes) {
    planes.set(bytes.subarray(row, row + rowBytes))
    addHorizontally(planes, rowBytes, perPixel)
    for (let i = 0; i < perRow; i += 1) {
      const at = row + 4 * i
      bytes[at] = planes[3 * perRow + i]!
      bytes[at + 1] = planes[2 * perRow + i]!
      bytes[at + 2] = planes[perRow + i]!
      bytes[at + 3] = planes[i]!
    }
  }
}
