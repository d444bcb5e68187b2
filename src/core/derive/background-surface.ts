import type { FloatImage } from '../image/blur.ts'
import { fitSurface, type SurfacePoint } from '../image/surface.ts'

/** Cells along the shorter side of the image. */
const CELLS = 32
/** Of the pixels of a cell, in rising order, the one that stands for its background. */
const LOW = 0.1
/** Weight of a cell above the surface, against 1 below it: objects stand above, nothing stands below. */
const ABOVE = 0.02
const ROUNDS = 20

/**
 * Uneven illumination as one smooth sheet under the objects: the quadratic surface that runs along the
 * lower side of the image.
 *
 * Asymmetric least squares (Newey & Powell 1987; as a baseline, Eilers & Boelens 2005) on the low
 * quantiles of a grid of cells; six coefficients cannot follow a nucleus.
 */
export function backgroundSurface(image: FloatImage): FloatImage {
  const { width, height } = image
  let cells = lowCells(image)
  let surface = fitSurface(cells)
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = cells.map(cell => ({
      ...cell,
      weight: cell.value > surface(cell.x, cell.y) ? ABOVE : 1,
    }))
    if (next.every(({ weight }, i) => weight === cells[i]!.weight)) break
    cells = next
    surface = fitSurface(cells)
  }
  const pixels = new Float32Array(width * height)
  for (let y = 0; y < height; y += 1) {
    // A row of the surface is a parabola, and three of its points say which.
    const v = scaled(y, height)
    const middle = surface(0, v)
    const slope = (surface(1, v) - surface(-1, v)) / 2
    const curvature = (surface(1, v) + surface(-1, v)) / 2 - middle
    for (let x = 0; x < width; x += 1) {
      const u = scaled(x, width)
      pixels[y * width + x] = middle + u * (slope + u * curvature)
    }
  }
  return { width, height, pixels }
}

function lowCells({ width, height, pixels }: FloatImage): SurfacePoint[] {
  const side = Math.max(4, Math.ceil(Math.min(width, height) / CELLS))
  // Some 250 pixels are enough to rank.
  const stride = Math.ceil(side / 16)
  const cells: SurfacePoint[] = []
  for (let top = 0; top < height; top += side) {
    const bottom = Math.min(height, top + side)
    for (let left = 0; left < width; left += side) {
      const right = Math.min(width, left + side)
      const own: number[] = []
      for (let y = top; y < bottom; y += stride) {
        for (let x = left; x < right; x += stride) own.push(pixels[y * width + x]!)
      }
      const sorted = Float32Array.from(own).sort()
      cells.push({
        x: scaled((left + right - 1) / 2, width),
        y: scaled((top + bottom - 1) / 2, height),
        value: sorted[Math.floor(LOW * (sorted.length - 1))]!,
        weight: 1,
      })
    }
  }
  return cells
}

function scaled(position: number, size: number): number {
  return size === 1 ? 0 : (2 * position) / (size - 1) - 1
}
