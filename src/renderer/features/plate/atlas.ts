import { percentileOf } from '#core/plate/colour-scale.ts'
import type { Contrast } from '../../lib/grey.ts'
import type { Samples } from '../../lib/pixels.ts'

/** An atlas has the rows and columns that its wells need, which are fewer than those of a plate with empty edges. */
export interface AtlasWells {
  /** Side of a thumbnail in pixels. */
  readonly size: number
  readonly columns: number
  /** 1 where there is a picture, row by row. */
  readonly present: Uint8Array
}

/** Before the pictures come. */
export const NO_PICTURES: AtlasWells = { size: 1, columns: 0, present: new Uint8Array() }

/** Finds the wells that have a picture: no camera counts nothing but zeros. */
export function atlasWells({ width, height, data }: Samples, size: number): AtlasWells {
  const columns = Math.floor(width / size)
  const present = new Uint8Array(columns * Math.floor(height / size))
  for (let i = 0; i < data.length; i += 1) {
    if (data[i] === 0) continue
    const column = Math.floor((i % width) / size)
    const row = Math.floor(i / width / size)
    present[row * columns + column] = 1
  }
  return { size, columns, present }
}

/** Whether a well of a plate with so many columns has a picture. */
export function hasPicture(atlas: AtlasWells, columns: number, well: number): boolean {
  const column = well % columns
  if (column >= atlas.columns) return false
  return atlas.present[Math.floor(well / columns) * atlas.columns + column] === 1
}

/** More than this is not needed to know percentiles. */
const SAMPLED = 200_000

/**
 * What is black and white over a whole plate, so that wells can be compared.
 *
 * Zeros are wells without a picture and count for nothing.
 */
export function atlasContrast(
  { data }: Samples,
  lowPercent: number,
  highPercent: number,
): Contrast | null {
  const step = Math.max(1, Math.floor(data.length / SAMPLED))
  const known = new Float64Array(Math.ceil(data.length / step))
  let count = 0
  for (let i = 0; i < data.length; i += step) {
    if (data[i] === 0) continue
    known[count] = data[i]!
    count += 1
  }
  if (count === 0) return null
  const sorted = known.subarray(0, count).sort()
  const low = percentileOf(sorted, lowPercent)
  return { low, high: Math.max(low + 1, percentileOf(sorted, highPercent)) }
}

/** How many pixels of the atlas a well gets: enough for the screen, and few sizes, so that they are found again. */
export function atlasSize(wellSize: number, pixelRatio: number): number {
  const wanted = wellSize * pixelRatio
  return [16, 24, 32, 48, 64, 96].find(size => size >= wanted) ?? 96
}
