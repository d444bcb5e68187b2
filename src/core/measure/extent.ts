import type { ObjectRuns } from './object-runs.ts'

/** Area and bounding box of each object, in pixels; right and bottom are one past the last pixel. */
export interface Extents {
  readonly area: Float64Array
  readonly left: Float64Array
  readonly top: Float64Array
  readonly right: Float64Array
  readonly bottom: Float64Array
}

export function measureExtents({ count, first, y, start, end }: ObjectRuns): Extents {
  const area = new Float64Array(count)
  const left = new Float64Array(count).fill(Infinity)
  const top = new Float64Array(count)
  const right = new Float64Array(count)
  const bottom = new Float64Array(count)
  for (let object = 0; object < count; object += 1) {
    top[object] = y[first[object]!]!
    bottom[object] = y[first[object + 1]! - 1]! + 1
    for (let run = first[object]!; run < first[object + 1]!; run += 1) {
      area[object]! += end[run]! - start[run]!
      left[object] = Math.min(left[object]!, start[run]!)
      right[object] = Math.max(right[object]!, end[run]!)
    }
  }
  return { area, left, top, right, bottom }
}
