import { takeMedian } from '../measure/median.ts'

/** A candidate's numbers; null where a measure has none. */
export type Numbers = readonly (number | null)[]

/**
 * Which candidate is the most typical: the one whose measures lie closest to the median of all, each in units
 * of its median absolute deviation, averaged over the measures that it has.
 *
 * @returns a place in the list; null where no candidate has a number
 */
export function mostTypical(candidates: readonly Numbers[]): number | null {
  const measures = Math.max(0, ...candidates.map(({ length }) => length))
  const scales = Array.from({ length: measures }, (_, i) =>
    scaleOf(candidates.flatMap(numbers => numbers[i] ?? [])),
  )
  let best: { place: number; distance: number } | null = null
  for (const [place, numbers] of candidates.entries()) {
    const distances = numbers.flatMap((value, i) =>
      value === null ? [] : [Math.abs(value - scales[i]!.middle) / scales[i]!.spread],
    )
    if (distances.length === 0) continue
    const distance = distances.reduce((sum, one) => sum + one, 0) / distances.length
    if (best === null || distance < best.distance) best = { place, distance }
  }
  return best?.place ?? null
}

/** Median, and median absolute deviation; 1 where all values are the same. */
function scaleOf(values: readonly number[]): { middle: number; spread: number } {
  if (values.length === 0) return { middle: 0, spread: 1 }
  const middle = medianOf(values)
  const spread = medianOf(values.map(value => Math.abs(value - middle)))
  return { middle, spread: spread > 0 ? spread : 1 }
}

function medianOf(values: readonly number[]): number {
  return takeMedian(Float64Array.from(values))
}
