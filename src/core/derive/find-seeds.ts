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
  const above = componentsAbove(interior, rules.threshold)
  const areas = areasOf(above)
  let seeds = renumber(above, seed => areas[seed]! >= rules.smallest)
  for (const level of rules.splitLevels) seeds = splitSeeds(seeds, interior, level, rules)
  return seeds
}

function splitSeeds(
  seeds: Labels,
  interior: FloatImage,
  level: number,
  { smallestPart }: SeedRules,
): Labels {
  const parts = componentsAbove(interior, level)
  const areas = areasOf(parts)
  // A part that counts lies in one seed.
  const seedOf = new Uint32Array(parts.count + 1)
  for (let i = 0; i < parts.pixels.length; i += 1) seedOf[parts.pixels[i]!] = seeds.pixels[i]!
  const held = new Uint32Array(seeds.count + 1)
  for (let part = 1; part <= parts.count; part += 1) {
    if (areas[part]! >= smallestPart) held[seedOf[part]!]! += 1
    else seedOf[part] = 0
  }
  held[0] = 0
  if (held.every(count => count < 2)) return seeds
  const pixels = seeds.pixels.slice()
  for (let i = 0; i < pixels.length; i += 1) {
    if (held[pixels[i]!]! < 2) continue
    const part = parts.pixels[i]!
    pixels[i] = seedOf[part] === 0 ? 0 : seeds.count + part
  }
  return renumber({ ...seeds, pixels, count: seeds.count + parts.count })
}

/** A pixel whose probability is not a number is in none. */
function componentsAbove({ width, height, pixels }: FloatImage, level: number): Labels {
  const above = new Uint8Array(pixels.length)
  for (let i = 0; i < above.length; i += 1) above[i] = pixels[i]! > level ? 1 : 0
  return labelComponents({ width, height, pixels: above }, 4)
}
