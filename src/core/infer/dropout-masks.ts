import { philox } from './philox.ts'

export interface DropoutRequest {
  /** Numbers wanted: one for each channel that can be dropped. */
  readonly channels: number
  /** Share of channels that is dropped, 0 ≤ rate < 1. */
  readonly rate: number
  /** A whole number, up to 2⁵³. */
  readonly seed: number
  /** Which draw of the seed, from 0. */
  readonly pass: number
}

/**
 * Which channels a Monte Carlo pass keeps: 1 / (1 − rate) for those, 0 for the rest (inverted dropout,
 * Srivastava et al. 2014; by channel, Tompson et al. 2015; as approximate inference, Gal and Ghahramani 2016).
 *
 * Word i of the Philox stream decides about channel i: key = seed, counter = (⌊i / 4⌋, 0, pass, pass / 2³²).
 * The same seed and pass give the same bits on any machine, whatever was drawn before.
 * Throws RangeError where the rate is not below 1 or a number is not whole.
 */
export function dropoutMasks({ channels, rate, seed, pass }: DropoutRequest): Float32Array {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`A dropout rate of ${rate} is not from 0 to 1`)
  const key = wordsOf(seed)
  const place = wordsOf(pass)
  const threshold = rate * 2 ** 32
  const kept = 1 / (1 - rate)
  const masks = new Float32Array(channels)
  for (let start = 0; start < channels; start += 4) {
    const words = philox([start / 4, 0, ...place], key)
    for (let i = 0; i < 4 && start + i < channels; i += 1) {
      masks[start + i] = words[i]! >= threshold ? kept : 0
    }
  }
  return masks
}

/** The low and the high 32 bits. */
function wordsOf(whole: number): [number, number] {
  if (!Number.isSafeInteger(whole) || whole < 0) {
    throw new RangeError(`${whole} is not a whole number from 0 to 2⁵³`)
  }
  return [whole >>> 0, Math.floor(whole / 2 ** 32)]
}
