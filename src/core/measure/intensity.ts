import { containerRange, type Plane } from '../image/plane.ts'
import { takeMedian } from './median.ts'
import type { ObjectRuns } from './object-runs.ts'
import type { MeasureColumn } from './object-table.ts'

export interface Channel {
  readonly name: string
  readonly plane: Plane
}

/**
 * Brightness of each object in one channel, on data scaled to 0…1 by the container's range as CellProfiler does.
 *
 * The deviation is the population's. The median is the plain one (CellProfiler's is off by half a pixel's rank).
 * A pixel that is NaN makes all measures of its object NaN.
 */
export function measureIntensity(
  { name, plane }: Channel,
  runs: ObjectRuns,
): readonly MeasureColumn[] {
  const { count } = runs
  const range = containerRange(plane)
  const mean = new Float64Array(count)
  const median = new Float64Array(count)
  const integrated = new Float64Array(count)
  const deviation = new Float64Array(count)
  const least = new Float64Array(count)
  const most = new Float64Array(count)
  const values = new Float64Array(largestArea(runs))
  for (let object = 0; object < count; object += 1) {
    const n = gather(plane, runs, object, values)
    const { sum, minimum, maximum } = summarise(values, n)
    mean[object] = sum / n / range
    integrated[object] = sum / range
    deviation[object] = Math.sqrt(squares(values, n, sum / n) / n) / range
    least[object] = minimum / range
    most[object] = maximum / range
    median[object] = Number.isNaN(sum) ? NaN : takeMedian(values, n) / range
  }
  return [
    { name: `Intensity_MeanIntensity_${name}`, values: mean },
    { name: `Intensity_MedianIntensity_${name}`, values: median },
    { name: `Intensity_IntegratedIntensity_${name}`, values: integrated },
    { name: `Intensity_StdIntensity_${name}`, values: deviation },
    { name: `Intensity_MinIntensity_${name}`, values: least },
    { name: `Intensity_MaxIntensity_${name}`, values: most },
  ]
}

function largestArea({ count, first, start, end }: ObjectRuns): number {
  let largest = 0
  for (let object = 0; object < count; object += 1) {
    let area = 0
    for (let run = first[object]!; run < first[object + 1]!; run += 1) {
      area += end[run]! - start[run]!
    }
    largest = Math.max(largest, area)
  }
  return largest
}

/** Copies the object's pixels into `values`; how many there are. */
function gather(
  { width, pixels }: Plane,
  { first, y, start, end }: ObjectRuns,
  object: number,
  values: Float64Array,
): number {
  let n = 0
  for (let run = first[object]!; run < first[object + 1]!; run += 1) {
    const row = y[run]! * width
    const last = row + end[run]!
    for (let i = row + start[run]!; i < last; i += 1) {
      values[n] = pixels[i]!
      n += 1
    }
  }
  return n
}

function summarise(
  values: Float64Array,
  n: number,
): { readonly sum: number; readonly minimum: number; readonly maximum: number } {
  let sum = 0
  let minimum = Infinity
  let maximum = -Infinity
  for (let i = 0; i < n; i += 1) {
    const value = values[i]!
    sum += value
    if (value < minimum) minimum = value
    if (value > maximum) maximum = value
  }
  return Number.isNaN(sum) ? { sum, minimum: NaN, maximum: NaN } : { sum, minimum, maximum }
}

/** Sum of squared distances from the mean. */
function squares(values: Float64Array, n: number, mean: number): number {
  let sum = 0
  for (let i = 0; i < n; i += 1) sum += (values[i]! - mean) ** 2
  return sum
}
