import type { FloatImage } from '../image/blur.ts'
import type { Labels } from '../image/labels.ts'
import { labelComponents } from './connected-components.ts'
import { areasOf } from './object-statistics.ts'
import { renumber } from './renumber.ts'

export interface SeedRules {
  /** A pixel belongs to a seed where its probability is above this. */
  readonly threshold: number
  /** Higher probabilities, rising, at which one seed may turn out to be several. */
  readonly splitLevels: readonly number[]
  /** Smaller seeds are dropped, in pixels. */
  readonly smallest: number
  /** Parts of a seed smaller than this do not count, in pixels. */
  readonly smallestPart: number
}

/**
 * The insides of objects, one label each, joined through edges.
 *
 * Objects that touch often hang together at a low probability and come apart at a higher one: from level to
 * level, a seed that holds several parts that count is replaced by them.
 */
export function findSeeds(interior: FloatImage, rules: SeedRules): Labels {
  const { width, height, pixels } = interior
  const above = new Uint8Array(pixels.length)
  // A pixel whose probability is not a number is in no seed.
  for (let i = 0; i < above.length; i += 1) above[i] = pixels[i]! > rules.threshold ? 1 : 0
  const all = labelComponents({ width, height, pixels: above }, 4)
  const areas = areasOf(all)
  const seeds = renumber(all, seed => areas[seed]! >= rules.smallest)
  return splitSeeds(seeds, interior, rules)
}

/** Looks only at pixels of seeds that are large enough to hold two parts, level by level. */
function splitSeeds(seeds: Labels, { pixels: interior }: FloatImage, rules: SeedRules): Labels {
  const { splitLevels, smallestPart } = rules
  const pixels = seeds.pixels.slice()
  const image = { width: seeds.width, interior, pixels, stamps: new Uint8Array(pixels.length) }
  let count = seeds.count
  let whole = pixelsOfEach(seeds).filter(own => own.length >= 2 * smallestPart)
  for (const [step, level] of splitLevels.entries()) {
    whole = whole.flatMap(own => {
      const parts = partsAbove(own, level, step + 1, image).filter(
        part => part.length >= smallestPart,
      )
      if (parts.length < 2) return [own]
      for (const pixel of own) pixels[pixel] = 0
      for (const part of parts) {
        count += 1
        for (const pixel of part) pixels[pixel] = count
      }
      return parts
    })
  }
  return count === seeds.count ? seeds : renumber({ ...seeds, pixels, count })
}

interface SeedImage {
  readonly width: number
  readonly interior: Float32Array
  /** Label of each pixel now. */
  readonly pixels: Uint32Array
  /** Step at which a pixel was last put into a part. */
  readonly stamps: Uint8Array
}

/** Connected parts of a seed at a higher level, as places of their pixels. */
function partsAbove(
  own: Uint32Array,
  level: number,
  step: number,
  { width, interior, pixels, stamps }: SeedImage,
): readonly Uint32Array[] {
  const seed = pixels[own[0]!]!
  const parts: Uint32Array[] = []
  // All parts one after the other; the last one grows at its end while its pixels are gone through.
  const found = new Uint32Array(own.length)
  let end = 0
  for (let i = 0; i < own.length; i += 1) {
    const first = own[i]!
    if (stamps[first] === step || !(interior[first]! > level)) continue
    const start = end
    stamps[first] = step
    found[end] = first
    end += 1
    for (let at = start; at < end; at += 1) {
      const pixel = found[at]!
      const x = pixel % width
      for (let side = 0; side < 4; side += 1) {
        if ((side === 1 && x === 0) || (side === 2 && x === width - 1)) continue
        const next = side === 0 ? pixel - width : side === 3 ? pixel + width : pixel + 2 * side - 3
        if (pixels[next] !== seed || stamps[next] === step || !(interior[next]! > level)) continue
        stamps[next] = step
        found[end] = next
        end += 1
      }
    }
    parts.push(found.subarray(start, end))
  }
  return parts
}

/** Places of the pixels of each object, the first that of object 1. */
function pixelsOfEach({ pixels, count }: Labels): readonly Uint32Array[] {
  const ends = new Uint32Array(count + 1)
  for (let i = 0; i < pixels.length; i += 1) ends[pixels[i]!]! += 1
  const lists = Array.from(ends, area => new Uint32Array(area))
  lists[0] = new Uint32Array(0)
  const filled = new Uint32Array(count + 1)
  for (let i = 0; i < pixels.length; i += 1) {
    const label = pixels[i]!
    if (label === 0) continue
    lists[label]![filled[label]!] = i
    filled[label]! += 1
  }
  return lists.slice(1)
}
