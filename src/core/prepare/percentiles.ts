import type { Pixels } from '../image/plane.ts'
import { orderedBits, fromOrderedBits } from './ordered-bits.ts'

/**
 * Percentiles of an image's finite pixels as numpy.percentile defines them (method 'linear': definition 7 of
 * Hyndman and Fan 1996): linear between the two pixels on either side of rank p / 100 · (n − 1).
 *
 * Exact, in one pass over 8 and 16 bits and two over floats.
 * @param percents 0…100, in any order
 * @returns one for each; NaN where no pixel is finite
 */
export function percentiles(pixels: Pixels, percents: readonly number[]): number[] {
  const wrong = percents.find(percent => !(percent >= 0 && percent <= 100))
  if (wrong !== undefined) throw new RangeError(`${wrong} is no percentile`)
  const { total, valuesAt } =
    pixels instanceof Float32Array ? rankFloats(pixels) : rankWhole(pixels)
  if (total === 0) return percents.map(() => NaN)
  const places = percents.map(percent => (total - 1) * (percent / 100))
  const ranks = places.flatMap(place => [
    Math.floor(place),
    Math.min(total - 1, Math.floor(place) + 1),
  ])
  const values = valuesAt(ranks)
  return places.map((place, i) => {
    const below = values[2 * i]!
    const above = values[2 * i + 1]!
    return mix(below, above, place - Math.floor(place))
  })
}

/** As numpy does it, from the nearer end, so that neither end is missed by rounding. */
function mix(below: number, above: number, share: number): number {
  const difference = above - below
  return share >= 0.5 ? above - difference * (1 - share) : below + difference * share
}

interface Ranked {
  /** Finite pixels. */
  readonly total: number
  /** Pixels by their rank in rising order, from 0. */
  readonly valuesAt: (ranks: readonly number[]) => number[]
}

function rankWhole(pixels: Uint8Array | Uint16Array): Ranked {
  const counts = new Uint32Array(pixels instanceof Uint8Array ? 0x100 : 0x10000)
  for (let i = 0; i < pixels.length; i += 1) counts[pixels[i]!]! += 1
  return {
    total: pixels.length,
    valuesAt: ranks => ranks.map(rank => bucketOf(counts, rank).bucket),
  }
}

/** Counts by the upper half of a float's bits, then sorts only those buckets in which a rank lies. */
function rankFloats(pixels: Float32Array): Ranked {
  const bits = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length)
  const counts = new Uint32Array(0x10000)
  let total = 0
  for (let i = 0; i < bits.length; i += 1) {
    const value = bits[i]!
    if ((value & EXPONENT) === EXPONENT) continue
    counts[orderedBits(value) >>> 16]! += 1
    total += 1
  }
  return { total, valuesAt: ranks => valuesInBuckets(bits, counts, ranks) }
}

/** All bits of it are set in what is infinite or not a number. */
const EXPONENT = 0x7f800000

function valuesInBuckets(
  bits: Uint32Array,
  counts: Uint32Array,
  ranks: readonly number[],
): number[] {
  const places = ranks.map(rank => bucketOf(counts, rank))
  const members = new Map(
    places.map(({ bucket }) => [bucket, new Uint32Array(counts[bucket]!)] as const),
  )
  const wanted = new Uint8Array(0x10000)
  for (const bucket of members.keys()) wanted[bucket] = 1
  const filled = new Map<number, number>()
  for (let i = 0; i < bits.length; i += 1) {
    const value = bits[i]!
    if ((value & EXPONENT) === EXPONENT) continue
    const ordered = orderedBits(value)
    const bucket = ordered >>> 16
    if (wanted[bucket] === 0) continue
    const next = filled.get(bucket) ?? 0
    members.get(bucket)![next] = ordered
    filled.set(bucket, next + 1)
  }
  for (const own of members.values()) own.sort()
  return places.map(({ bucket, within }) => fromOrderedBits(members.get(bucket)![within]!))
}

function bucketOf(counts: Uint32Array, rank: number): { bucket: number; within: number } {
  let below = 0
  for (let bucket = 0; bucket < counts.length; bucket += 1) {
    const count = counts[bucket]!
    if (rank < below + count) return { bucket, within: rank - below }
    below += count
  }
  throw new RangeError(`There is no pixel of rank ${rank}`)
}
