import type { FloatImage } from '../image/blur.ts'
import type { Plane } from '../image/plane.ts'
import { finitePixels } from '../derive/finite-pixels.ts'
import { stage } from '../stage.ts'
import { percentiles } from './percentiles.ts'

/** From which counts to which an image is brought. */
export type NormaliseParams =
  /** (x − low) / (high − low + eps), where low and high are percentiles of the plane, 0…100. */
  | {
      readonly by: 'percentiles'
      readonly low: number
      readonly high: number
      readonly eps: number
      /** Whether what lies outside becomes 0 and 1. */
      readonly clip: boolean
    }
  /** The same from counts, such as those of all fields of a plate. */
  | {
      readonly by: 'counts'
      readonly low: number
      readonly high: number
      readonly eps: number
      readonly clip: boolean
    }
  /** (x − mean) / (standard deviation + eps), of the plane or, where given, of the plate. */
  | {
      readonly by: 'z-score'
      readonly eps: number
      readonly given: Moments | null
    }

export interface Moments {
  readonly mean: number
  /** Of the population: divided by n. */
  readonly deviation: number
}

/** Brings the counts of a plane to where a network expects them. */
export const normaliseStage = stage<Plane, NormaliseParams, FloatImage>({
  id: 'prepare.normalise',
  version: 1,
  defaults: { by: 'percentiles', low: 1, high: 99.8, eps: 1e-6, clip: false },
  run: normalise,
})

/**
 * A plane as real numbers about 0…1 or about mean 0 and deviation 1. A constant plane becomes 0 throughout.
 *
 * Statistics are taken over the finite pixels; what is not a number then counts as the smallest of those, what is
 * infinite as the smallest or largest.
 */
export function normalise(plane: Plane, params: NormaliseParams): FloatImage {
  const image = finitePixels(plane)
  switch (params.by) {
    case 'percentiles': {
      const [low, high] = percentiles(plane.pixels, [params.low, params.high])
      if (Number.isNaN(low)) return image
      shift(image, low!, high! - low! + params.eps)
      break
    }
    case 'counts':
      shift(image, params.low, params.high - params.low + params.eps)
      break
    case 'z-score': {
      const { mean, deviation } = params.given ?? momentsOf(plane)
      if (Number.isNaN(mean)) return image
      shift(image, mean, deviation + params.eps)
      return image
    }
  }
  if (params.clip) clip(image)
  return image
}

/** Mean and standard deviation of the finite pixels, in two passes; NaN where there is none. */
export function momentsOf({ pixels }: Pick<Plane, 'pixels'>): Moments {
  let sum = 0
  let count = 0
  for (let i = 0; i < pixels.length; i += 1) {
    const value = pixels[i]!
    if (value - value !== 0) continue
    sum += value
    count += 1
  }
  const mean = sum / count
  let squares = 0
  for (let i = 0; i < pixels.length; i += 1) {
    const value = pixels[i]!
    if (value - value === 0) squares += (value - mean) * (value - mean)
  }
  return { mean, deviation: Math.sqrt(squares / count) }
}

function shift({ pixels }: FloatImage, by: number, over: number): void {
  for (let i = 0; i < pixels.length; i += 1) {
    const above = pixels[i]! - by
    pixels[i] = above === 0 ? 0 : above / over
  }
}

function clip({ pixels }: FloatImage): void {
  for (let i = 0; i < pixels.length; i += 1) pixels[i] = Math.min(1, Math.max(0, pixels[i]!))
}
