import type { Axis } from '../model-description.ts'
import type { Tensor } from '../tensor.ts'
import { forEachRun, groupAcross, groupAlong, type Groups } from './groups.ts'
import { momentsOfGroups, percentilesOfGroups } from './statistics.ts'

/** A tensor and what its axes are called. */
export interface NamedAxes {
  readonly tensor: Tensor
  readonly axes: readonly Axis[]
}

/** Added to a fixed deviation, as bioimageio.core does; the specification does not mention it. */
const FIXED_EPS = 1e-6

/** tensor · gain + offset */
export function scaleLinear(
  own: NamedAxes,
  gain: number | readonly number[],
  offset: number | readonly number[],
  axis: string | null,
): Tensor {
  const groups = groupsAlong(own, axis)
  return scaleGroups(own.tensor, groups, {
    ...unchanged(groups),
    multiply: valuesFor(groups, gain),
    add: valuesFor(groups, offset),
  })
}

/** tensor > threshold, as 0 and 1 */
export function binarize(
  own: NamedAxes,
  threshold: number | readonly number[],
  axis: string | null,
): Tensor {
  const groups = groupsAlong(own, axis)
  const thresholds = valuesFor(groups, threshold)
  const { data, dims } = own.tensor
  const out = new Float32Array(data.length)
  forEachRun(groups, ({ start, length, group, step }) => {
    for (let i = 0; i < length; i += 1) {
      out[start + i] = data[start + i]! > thresholds[group + i * step]! ? 1 : 0
    }
  })
  return { data: out, dims }
}

/** (tensor − mean) / (std + 10⁻⁶) with numbers that were found before. */
export function fixedZeroMeanUnitVariance(
  own: NamedAxes,
  mean: number | readonly number[],
  std: number | readonly number[],
  axis: string | null,
): Tensor {
  const groups = groupsAlong(own, axis)
  return scaleGroups(own.tensor, groups, {
    ...unchanged(groups),
    subtract: valuesFor(groups, mean),
    divide: valuesFor(groups, std).map(deviation => deviation + FIXED_EPS),
  })
}

/** (tensor − mean) / (std + eps) */
export function zeroMeanUnitVariance(
  { tensor, axes }: NamedAxes,
  across: readonly string[] | null,
  eps: number,
): Tensor {
  const groups = groupAcross(tensor, axes, across)
  const { means, deviations } = momentsOfGroups(tensor, groups)
  return scaleGroups(tensor, groups, {
    ...unchanged(groups),
    subtract: means,
    divide: deviations.map(deviation => deviation + eps),
  })
}

/** (tensor − lower) / (upper − lower + eps), between percentiles of the tensor or of a reference. */
export function scaleRange(
  { tensor, axes }: NamedAxes,
  reference: NamedAxes,
  across: readonly string[] | null,
  { low, high, eps }: { readonly low: number; readonly high: number; readonly eps: number },
): Tensor {
  const groups = groupAcross(tensor, axes, across)
  const theirs = matchingGroups(groups, reference, across)
  const [lower, upper] = percentilesOfGroups(reference.tensor, theirs, [low, high])
  return scaleGroups(tensor, groups, {
    ...unchanged(groups),
    subtract: lower!,
    divide: upper!.map((value, group) => value - lower![group]! + eps),
  })
}

/** (tensor − mean) / (std + eps) · (reference std + eps) + reference mean */
export function scaleMeanVariance(
  { tensor, axes }: NamedAxes,
  reference: NamedAxes,
  across: readonly string[] | null,
  eps: number,
): Tensor {
  const groups = groupAcross(tensor, axes, across)
  const own = momentsOfGroups(tensor, groups)
  const theirs = momentsOfGroups(reference.tensor, matchingGroups(groups, reference, across))
  return scaleGroups(tensor, groups, {
    subtract: own.means,
    divide: own.deviations.map(deviation => deviation + eps),
    multiply: theirs.deviations.map(deviation => deviation + eps),
    add: theirs.means,
  })
}

function groupsAlong({ tensor, axes }: NamedAxes, axis: string | null): Groups {
  return axis === null ? groupAcross(tensor, axes, null) : groupAlong(tensor, axes, axis)
}

/** One number for each group; a number alone, or a list of one, is for all of them. */
function valuesFor({ count }: Groups, values: number | readonly number[]): Float64Array {
  const list = Float64Array.from(typeof values === 'number' ? [values] : values)
  if (list.length === count) return list
  if (list.length === 1) return new Float64Array(count).fill(list[0]!)
  throw new RangeError(`${list.length} numbers were given for ${count} places along an axis`)
}

/** Groups of a reference must be as many as those that they are for. */
function matchingGroups(
  own: Groups,
  { tensor, axes }: NamedAxes,
  across: readonly string[] | null,
): Groups {
  const theirs = groupAcross(tensor, axes, across)
  if (theirs.count === own.count) return theirs
  throw new RangeError(`The reference has ${theirs.count} statistics where ${own.count} are wanted`)
}

/** (x − subtract) / divide · multiply + add, with numbers for each group. */
interface Scaling {
  readonly subtract: Float64Array
  readonly divide: Float64Array
  readonly multiply: Float64Array
  readonly add: Float64Array
}

function unchanged({ count }: Groups): Scaling {
  const zeros = new Float64Array(count)
  const ones = new Float64Array(count).fill(1)
  return { subtract: zeros, divide: ones, multiply: ones, add: zeros }
}

function scaleGroups({ data, dims }: Tensor, groups: Groups, scaling: Scaling): Tensor {
  const { subtract, divide, multiply, add } = scaling
  const out = new Float32Array(data.length)
  forEachRun(groups, ({ start, length, group, step }) => {
    for (let i = 0, of = group; i < length; i += 1, of += step) {
      out[start + i] = ((data[start + i]! - subtract[of]!) / divide[of]!) * multiply[of]! + add[of]!
    }
  })
  return { data: out, dims }
}
