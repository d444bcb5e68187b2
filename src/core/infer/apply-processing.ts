import { assertNever } from '../fault.ts'
import type { Axis } from './model-description.ts'
import type { ProcessingStep } from './processing-step.ts'
import { castTo } from './processing/cast.ts'
import {
  binarize,
  fixedZeroMeanUnitVariance,
  scaleLinear,
  scaleMeanVariance,
  scaleRange,
  zeroMeanUnitVariance,
  type NamedAxes,
} from './processing/scale.ts'
import { softmax } from './processing/softmax.ts'
import type { NamedTensors, Tensor } from './tensor.ts'

/** Axes of tensors, by their ids. */
export type NamedAxisLists = Readonly<Record<string, readonly Axis[]>>

/**
 * Applies the steps of a network's description to one tensor, in order, as bioimageio.core does
 * (specification 0.5). `stardist_postprocessing` is left to the decoder of star-convex objects.
 *
 * Statistics are over this tensor alone: where the specification speaks of a whole data set (`batch` among
 * the axes, or no axes), that is the images of this batch. They are taken in float64, and over finite values
 * for percentiles; each step's result is rounded to float32.
 *
 * Throws RangeError where a step names an axis or tensor that there is not, or as many numbers as
 * do not fit: a description that was checked has no such step.
 * @param axes of the tensor, in its order
 * @param named what steps refer to by id, before processing of their own
 * @param namedAxes axes of those that have others than the processed tensor
 */
export function applyProcessing(
  tensor: Tensor,
  axes: readonly Axis[],
  steps: readonly ProcessingStep[],
  named: NamedTensors = {},
  namedAxes: NamedAxisLists = {},
): Tensor {
  if (tensor.dims.length !== axes.length) {
    throw new RangeError(`A tensor of ${tensor.dims.length} axes was given for ${axes.length}`)
  }
  const referenceOf = (id: string): NamedAxes => {
    const reference = named[id]
    if (reference === undefined) throw new RangeError(`There is no tensor ${id} to refer to`)
    return { tensor: reference, axes: namedAxes[id] ?? axes }
  }
  return steps.reduce(
    (current, step) => applyStep({ tensor: current, axes }, step, referenceOf),
    tensor,
  )
}

function applyStep(
  own: NamedAxes,
  step: ProcessingStep,
  referenceOf: (id: string) => NamedAxes,
): Tensor {
  switch (step.id) {
    case 'binarize':
      return binarize(own, step.threshold, step.axis)
    case 'clip':
      return clip(own.tensor, step.min ?? -Infinity, step.max ?? Infinity)
    case 'ensure_dtype':
      return castTo(own.tensor, step.dtype)
    case 'scale_linear':
      return scaleLinear(own, step.gain, step.offset, step.axis)
    case 'sigmoid':
      return sigmoid(own.tensor)
    case 'softmax':
      return softmax(own.tensor, own.axes, step.axis)
    case 'fixed_zero_mean_unit_variance':
      return fixedZeroMeanUnitVariance(own, step.mean, step.std, step.axis)
    case 'zero_mean_unit_variance':
      return zeroMeanUnitVariance(own, step.axes, step.eps)
    case 'scale_range': {
      const from = step.reference === null ? own : referenceOf(step.reference)
      const range = { low: step.minPercentile, high: step.maxPercentile, eps: step.eps }
      return scaleRange(own, from, step.axes, range)
    }
    case 'scale_mean_variance': {
      const from = referenceOf(step.reference)
      return scaleMeanVariance(own, from, step.axes, step.eps)
    }
    case 'stardist_postprocessing':
      return own.tensor
    default:
      return assertNever(step)
  }
}

function clip({ data, dims }: Tensor, least: number, most: number): Tensor {
  const out = data.slice()
  for (let i = 0; i < out.length; i += 1) {
    if (out[i]! < least) out[i] = least
    if (out[i]! > most) out[i] = most
  }
  return { data: out, dims }
}

function sigmoid({ data, dims }: Tensor): Tensor {
  const out = new Float32Array(data.length)
  for (let i = 0; i < out.length; i += 1) out[i] = 1 / (1 + Math.exp(-data[i]!))
  return { data: out, dims }
}
