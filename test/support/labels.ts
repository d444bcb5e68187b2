import type { Labels } from '#core/image/labels.ts'

/** A label image from rows of digits, one a pixel, `.` for background. */
export function labels(drawing: string): Labels {
  const rows = drawing
    .trim()
    .split('\n')
    .map(row => [...row.trim()].map(digit => (digit === '.' ? 0 : Number(digit))))
  const pixels = Uint32Array.from(rows.flat())
  return { width: rows[0]!.length, height: rows.length, pixels, count: Math.max(...pixels) }
}
