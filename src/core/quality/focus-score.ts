import type { Intensity } from './intensity.ts'
import type { Tiles } from './tiles.ts'

/**
 * CellProfiler's FocusScore: variance over mean, Σ(x − µ)²/(N·µ), in the units of the pixels.
 *
 * Made for one field at several heights; between fields it follows brightness and cell number.
 */
export function measureFocusScore({ mean, standardDeviation }: Intensity): number {
  return mean > 0 ? standardDeviation ** 2 / mean : 0
}

/** CellProfiler's LocalFocusScore: variance of the tiles' focus scores over their median. */
export function measureLocalFocusScore({ pixels, sum, sumOfSquares }: Tiles): number {
  const scores: number[] = []
  for (let tile = 0; tile < sum.length; tile += 1) {
    const count = pixels[tile]!
    const total = sum[tile]!
    if (count === 0 || total === 0) continue
    const squares = Math.max(0, sumOfSquares[tile]! - (total * total) / count)
    scores.push(squares / total)
  }
  if (scores.length === 0) return 0
  const mean = scores.reduce((total, score) => total + score, 0) / scores.length
  const variance = scores.reduce((total, score) => total + (score - mean) ** 2, 0) / scores.length
  scores.sort((a, b) => a - b)
  const half = scores.length / 2
  const median = (scores[Math.ceil(half) - 1]! + scores[Math.floor(half)]!) / 2
  return median > 0 ? variance / median : 0
}
