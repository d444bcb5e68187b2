import type { Plane } from '#core/image/plane.ts'

/** An 8-bit plane from rows of numbers as text. */
export function plane(drawing: string): Plane {
  const rows = numbers(drawing)
  return {
    width: rows[0]!.length,
    height: rows.length,
    pixels: Uint8Array.from(rows.flat()),
    fullScale: 255,
  }
}

function numbers(drawing: string): number[][] {
  return drawing
    .trim()
    .split('\n')
    .map(row => row.trim().split(/\s+/).map(Number))
}
