import { percentiles } from '../../prepare/percentiles.ts'
import type { Tensor } from '../tensor.ts'
import { forEachRun, type Groups } from './groups.ts'

/** Mean and standard deviation (of the population) of each group, in float64. */
export interface GroupMoments {
  readonly means: Float64Array
  readonly deviations: Float64Array
}

/** In two passes, so that a large mean does not swallow a small deviation. */
export function momentsOfGroups({ data }: Tensor, groups: Groups): GroupMoments {
  const size = data.length / groups.count
  const means = new Float64Array(groups.count)
  forEachRun(groups, ({ start, length, group, step }) => {
    if (step === 0) {
      means[group]! += sumOf(data, start, length)
      return
    }
    for (let i = 0; i < length; i += 1) means[group + i]! += data[start + i]!
  })
  for (let i = 0; i < means.length; i += 1) means[i]! /= size
  const deviations = new Float64Array(groups.count)
  forEachRun(groups, ({ start, length, group, step }) => {
    if (step === 0) {
      deviations[group]! += squaresOf(data, start, length, means[group]!)
      return
    }
    for (let i = 0; i < length; i += 1) {
      const off = data[start + i]! - means[group + i]!
      deviations[group + i]! += off * off
    }
  })
  for (let i = 0; i < deviations.length; i += 1) deviations[i] = Math.sqrt(deviations[i]! / size)
  return { means, deviations }
}

function sumOf(data: Float32Array, start: number, length: number): number {
  let sum = 0
  for (let i = start; i < start + length; i += 1) sum += data[i]!
  return sum
}

function squaresOf(data: Float32Array, start: number, length: number, mean: number): number {
  let sum = 0
  for (let i = start; i < start + length; i += 1) {
    const off = data[i]! - mean
    sum += off * off
  }
  return sum
}

/** For each percentile a list with the value of each group, by linear interpolation. */
export function percentilesOfGroups(
  { data }: Tensor,
  groups: Groups,
  percents: readonly number[],
): Float64Array[] {
  const found = percents.map(() => new Float64Array(groups.count))
  const members = groups.count === 1 ? [data] : gather(data, groups)
  members.forEach((values, group) => {
    percentiles(values, percents).forEach((value, i) => (found[i]![group] = value))
  })
  return found
}

function gather(data: Float32Array, groups: Groups): Float32Array[] {
  const size = data.length / groups.count
  const members = Array.from({ length: groups.count }, () => new Float32Array(size))
  const filled = new Uint32Array(groups.count)
  forEachRun(groups, ({ start, length, group, step }) => {
    for (let i = 0; i < length; i += 1) {
      const place = group + i * step
      members[place]![filled[place]!] = data[start + i]!
      filled[place]! += 1
    }
  })
  return members
}
