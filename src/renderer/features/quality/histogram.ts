export interface Bins {
  readonly min: number
  readonly max: number
  /** Of equal width, from the lowest. What lies outside counts in the first or the last. */
  readonly counts: Int32Array
}

/** Above and below the values, as a part of their width. */
const AIR = 0.04

export function binValues(
  values: Float64Array,
  [min, max]: readonly [number, number],
  bins: number,
): Bins {
  const counts = new Int32Array(bins)
  const width = (max - min) / bins
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    const bin = width === 0 ? 0 : Math.floor((value - min) / width)
    const held = Math.max(0, Math.min(bins - 1, bin))
    counts[held] = counts[held]! + 1
  }
  return { min, max, counts }
}

/**
 * What to show of some values: all of them and the marks beside them, with a little air.
 *
 * Marks that lie further off than the values are wide are left out: a limit nobody comes near would squeeze what
 * there is to see into a line.
 */
export function shownRange(
  values: Float64Array,
  marks: readonly number[],
): readonly [number, number] {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  if (low > high) [low, high] = [Math.min(...marks, Infinity), Math.max(...marks, -Infinity)]
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1]
  const width = high - low
  for (const mark of marks) {
    if (mark < low && mark >= low - width) low = Math.min(low, mark)
    if (mark > high && mark <= high + width) high = Math.max(high, mark)
  }
  const air = (high - low) * AIR
  if (air > 0) return [low - air, high + air]
  const around = high === 0 ? 0.5 : Math.abs(high) * 0.1
  return [low - around, high + around]
}
