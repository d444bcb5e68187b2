import type { Labels } from '#core/image/labels.ts'
import type { Mask } from '#core/image/mask.ts'

/** A label image from rows of digits, one a pixel, `.` for background. */
export function labels(drawing: string): Labels {
  const rows = drawing
    .trim()
    .split('\n')
    .map(row => [...row.trim()].map(digit => (digit === '.' ? 0 : Number(digit))))
  const pixels = Uint32Array.from(rows.flat())
  return { width: rows[0]!.length, height: rows.length, pixels, count: Math.max(...pixels) }
}

/** A mask from rows of `#` and `.`. */
export function mask(drawing: string): Mask {
  const { width, height, pixels } = labels(drawing.replaceAll('#', '1'))
  return { width, height, pixels: Uint8Array.from(pixels) }
}
