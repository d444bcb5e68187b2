import type { Labels } from '../image/labels.ts'

/** Where the pixels of objects end, as pixels of the image: −1 for all others. */
export interface MovedPixels {
  readonly width: number
  readonly height: number
  readonly ends: Int32Array
}

/** A peak is the highest of the squares of this many pixels to each side. */
const PEAK_REACH = 2
/** More pixels than this have to end on a peak. */
const PEAK = 10
/** A sink goes on over neighbours on which more pixels than this end. */
const SLOPE = 2
/** So many times by one pixel each. */
const GROWTH = 5

/**
 * One label for all pixels that end around one peak of how many end where (`get_masks` of Cellpose).
 *
 * Where two sinks meet, the higher has the pixels; of equals, the later in raster order.
 */
export function sinkMasks({ width, height, ends }: MovedPixels): Labels {
  const count = new Uint32Array(ends.length)
  for (const end of ends) if (end >= 0) count[end]! += 1
  const peaks = peaksOf(count, width, height).sort((a, b) => count[a]! - count[b]! || a - b)
  const sinks = new Uint32Array(ends.length)
  peaks.forEach((peak, k) => {
    for (const place of sinkAround(peak, count, width, height)) sinks[place] = k + 1
  })
  const pixels = Uint32Array.from(ends, end => (end < 0 ? 0 : sinks[end]!))
  return { width, height, pixels, count: peaks.length }
}

function peaksOf(count: Uint32Array, width: number, height: number): number[] {
  const peaks: number[] = []
  for (let i = 0; i < count.length; i += 1) {
    if (count[i]! > PEAK && isHighest(i)) peaks.push(i)
  }
  return peaks

  function isHighest(i: number): boolean {
    const x = i % width
    const y = (i - x) / width
    for (let v = Math.max(0, y - PEAK_REACH); v <= Math.min(height - 1, y + PEAK_REACH); v += 1) {
      for (let u = Math.max(0, x - PEAK_REACH); u <= Math.min(width - 1, x + PEAK_REACH); u += 1) {
        if (count[v * width + u]! > count[i]!) return false
      }
    }
    return true
  }
}

function sinkAround(peak: number, count: Uint32Array, width: number, height: number): number[] {
  const reached = new Set([peak])
  let edge = [peak]
  for (let round = 0; round < GROWTH; round += 1) {
    const next: number[] = []
    for (const place of edge) {
      const x = place % width
      const y = (place - x) / width
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v += 1) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u += 1) {
          const other = v * width + u
          if (count[other]! <= SLOPE || reached.has(other)) continue
          reached.add(other)
          next.push(other)
        }
      }
    }
    edge = next
  }
  return [...reached]
}
