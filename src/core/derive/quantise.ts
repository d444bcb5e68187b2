import type { FloatImage } from '../image/blur.ts'
import type { LevelImage } from '../image/level-image.ts'

/** A real-valued image in even steps from its smallest to its largest pixel, and how to go back. */
export interface Quantised {
  readonly image: LevelImage
  /** Pixels per level. */
  readonly counts: Uint32Array
  /** The smallest value of a level. */
  readonly valueOf: (level: number) => number
}

/** Sorts pixels into `levels` even steps; a constant image is all level 0. */
export function quantise({ width, height, pixels }: FloatImage, levels: number): Quantised {
  let smallest = Infinity
  let largest = -Infinity
  for (let i = 0; i < pixels.length; i += 1) {
    if (pixels[i]! < smallest) smallest = pixels[i]!
    if (pixels[i]! > largest) largest = pixels[i]!
  }
  const range = largest - smallest
  const scale = range > 0 ? levels / range : 0
  const out = new Uint16Array(pixels.length)
  const counts = new Uint32Array(levels)
  for (let i = 0; i < pixels.length; i += 1) {
    const level = Math.min(levels - 1, Math.floor((pixels[i]! - smallest) * scale))
    out[i] = level
    counts[level]! += 1
  }
  return {
    image: { width, height, pixels: out },
    counts,
    valueOf: level => smallest + (level / levels) * range,
  }
}
