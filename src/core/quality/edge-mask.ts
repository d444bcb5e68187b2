import type { Scale } from './stabilised.ts'

/** Where the coarse scale has edges: 1 on an edge, 0 elsewhere and along the rim. */
export interface EdgeMask {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
  /** Share of the field, 0 to 1, where the intensity changes by more than noise or shading explain. */
  readonly fraction: number
}

/** Shading is even over so many coarse pixels a side. */
const TILE = 16

/** @param significance multiple of the noise's gradient that an edge must exceed. */
export function findEdges(coarse: Scale, significance: number): EdgeMask {
  const { width, height, spacing, noise } = coarse
  const pixels = new Uint8Array(width * height)
  const limit = significance ** 2 * noise.gradient * (2 * spacing) ** 2
  let edges = 0
  for (let top = 1; top < height - 1; top += TILE) {
    for (let left = 1; left < width - 1; left += TILE) {
      edges += markTile(coarse, left, top, limit, pixels)
    }
  }
  const inside = Math.max(1, (width - 2) * (height - 2))
  return { width, height, pixels, fraction: edges / inside }
}

/** Marks where there is a gradient and it is not the tile's mean gradient, which is its shading. */
function markTile(
  { width, height, pixels }: Scale,
  left: number,
  top: number,
  limit: number,
  mask: Uint8Array,
): number {
  const right = Math.min(left + TILE, width - 1)
  const bottom = Math.min(top + TILE, height - 1)
  let sumX = 0
  let sumY = 0
  for (let y = top; y < bottom; y += 1) {
    for (let i = y * width + left; i < y * width + right; i += 1) {
      sumX += pixels[i + 1]! - pixels[i - 1]!
      sumY += pixels[i + width]! - pixels[i - width]!
    }
  }
  const area = (right - left) * (bottom - top)
  const meanX = sumX / area
  const meanY = sumY / area
  let edges = 0
  for (let y = top; y < bottom; y += 1) {
    for (let i = y * width + left; i < y * width + right; i += 1) {
      const dx = pixels[i + 1]! - pixels[i - 1]!
      const dy = pixels[i + width]! - pixels[i - width]!
      if (dx * dx + dy * dy <= limit || (dx - meanX) ** 2 + (dy - meanY) ** 2 <= limit) continue
      mask[i] = 1
      edges += 1
    }
  }
  return edges
}
