import { xoshiro128 } from './xoshiro.ts'
import { zigguratFrom } from './ziggurat.ts'

/** A stream of random numbers that is the same wherever and whenever it is drawn. */
export interface Random {
  /** Evenly spread over 0 ≤ x < 1 in steps of 2⁻³². */
  uniform(): number
  between(low: number, high: number): number
  /** A whole number below `limit`. */
  below(limit: number): number
  chance(probability: number): boolean
  /** Normal with mean 0 and standard deviation 1. */
  normal(): number
  poisson(mean: number): number
}

/**
 * The stream that belongs to a key, such as `'seed', 1, 'A01', 'nuclei'`.
 *
 * Streams of different keys have nothing to do with each other, so a field comes out the same whichever
 * fields were drawn before it. Bits come from integer arithmetic alone and are the same everywhere;
 * `normal` and `poisson` go through Math.log and Math.exp, whose last bit may differ between JavaScript engines.
 */
export function randomFrom(...key: readonly (string | number)[]): Random {
  const bits = xoshiro128(hashKey(key.join('\u0000')))
  const uniform = (): number => bits() / 2 ** 32
  const normal = zigguratFrom(bits, uniform)
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    below: limit => Math.floor(limit * uniform()),
    chance: probability => uniform() < probability,
    normal,
    poisson: mean => drawPoisson(mean, uniform, normal),
  }
}

/** A 32-bit seed that belongs to a key. */
export function seedFrom(...key: readonly (string | number)[]): number {
  return hashKey(key.join('\u0000'))[0]!
}

/** Four lanes of FNV-1a (Fowler, Noll, Vo 1991), each finished as in MurmurHash3 (Appleby 2011). */
function hashKey(text: string): Uint32Array {
  const lanes = Uint32Array.of(0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35)
  for (let i = 0; i < text.length; i += 1) {
    for (let lane = 0; lane < 4; lane += 1) {
      lanes[lane] = Math.imul(lanes[lane]! ^ text.charCodeAt(i), 0x01000193)
    }
  }
  return lanes.map(mixBits)
}

/** MurmurHash3's finaliser: every bit of the input can turn every bit of the output. */
function mixBits(value: number): number {
  let bits = value
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}

/** Above this mean a Poisson number and a rounded normal one cannot be told apart in an image. */
const NORMAL_FROM_MEAN = 40

/** By multiplication (Knuth, TAOCP 2, §3.4.1) where counts are small. */
function drawPoisson(mean: number, uniform: () => number, normal: () => number): number {
  if (mean >= NORMAL_FROM_MEAN) {
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
  }
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = uniform(); product > limit; product *= uniform()) count += 1
  return count
}
