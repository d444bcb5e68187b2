import { containerRange, type Plane } from '../image/plane.ts'

const LEVELS = 8

/**
 * CellProfiler's Correlation: Haralick's (1973) third texture feature in eight grey levels, of each
 * pixel with the one `distance` columns to its right. Larger is blurrier; 0 where it is not defined.
 */
export function measureCorrelation(
  plane: Plane,
  minimum: number,
  maximum: number,
  distance: number,
): number {
  const { width, height, pixels } = plane
  const levelOf = quantise(plane, minimum, maximum)
  const pairsInRow = width - distance
  if (pairsInRow <= 0 || levelOf === null) return 0
  const levels = new Uint8Array(width)
  const pairs = new Uint32Array(LEVELS * LEVELS)
  for (let y = 0; y < height; y += 1) {
    levelOf(pixels, y * width, levels)
    for (let x = 0; x < pairsInRow; x += 1) {
      pairs[LEVELS * levels[x]! + levels[x + distance]!]! += 1
    }
  }
  return correlationOf(pairs, pairsInRow * height)
}

/** Pearson's correlation of the two levels of the pairs; in whole numbers, so that no spread is exactly 0. */
function correlationOf(pairs: Uint32Array, total: number): number {
  let left = 0
  let right = 0
  let squaresLeft = 0
  let squaresRight = 0
  let products = 0
  pairs.forEach((count, pair) => {
    const a = Math.floor(pair / LEVELS)
    const b = pair % LEVELS
    left += count * a
    right += count * b
    squaresLeft += count * a * a
    squaresRight += count * b * b
    products += count * a * b
  })
  const varianceLeft = total * squaresLeft - left * left
  const varianceRight = total * squaresRight - right * right
  if (varianceLeft <= 0 || varianceRight <= 0) return 0
  return (total * products - left * right) / Math.sqrt(varianceLeft * varianceRight)
}

type Quantise = (pixels: Plane['pixels'], start: number, levels: Uint8Array) => void

/**
 * Grey levels ⌊8·(x − min)/(max − min)⌋, at most 7, of a row of pixels; null for a plane of one value.
 *
 * Trap: on a level's edge the rounding decides, so x is scaled to 0…1 first, as CellProfiler does.
 */
function quantise(plane: Plane, minimum: number, maximum: number): Quantise | null {
  const range = containerRange(plane)
  const low = minimum / range
  const contrast = maximum / range - low
  if (!(contrast > 0)) return null
  const level = (value: number): number =>
    Math.min(LEVELS - 1, Math.floor(((value / range - low) / contrast) * LEVELS))
  if (plane.pixels instanceof Float32Array) {
    return (pixels, start, levels) => {
      for (let x = 0; x < levels.length; x += 1) levels[x] = level(pixels[start + x]!)
    }
  }
  const table = new Uint8Array(range + 1)
  for (let value = minimum; value <= maximum; value += 1) table[value] = level(value)
  return (pixels, start, levels) => {
    for (let x = 0; x < levels.length; x += 1) levels[x] = table[pixels[start + x]!]!
  }
}
