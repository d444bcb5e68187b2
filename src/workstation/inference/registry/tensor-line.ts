import type { TensorLine } from '#contract/models.ts'
import { assertNever } from '#core/fault.ts'
import type { Axis, TensorDescription, Tolerance } from '#core/infer/model-description.ts'
import type { ProcessingStep } from '#core/infer/processing-step.ts'

/** A tensor of a network in words. */
export function tensorLine(tensor: TensorDescription): TensorLine {
  const { id, description, dtype, axes, processing } = tensor
  return {
    id,
    description,
    dtype,
    axes: axes.filter(({ kind }) => kind !== 'batch').map(axisText),
    // Here everything is computed in float32.
    processing: processing
      .filter(step => step.id !== 'ensure_dtype' || step.dtype !== 'float32')
      .map(stepText),
  }
}

/** `0.001 + 0.001 · value, 100 in a million may be off` */
export function toleranceText({ relative, absolute, mismatchedPerMillion }: Tolerance): string {
  const off = mismatchedPerMillion === 0 ? 'none' : `${mismatchedPerMillion} in a million`
  return `${absolute} + ${relative} · value; ${off} may be off by more`
}

function axisText({ id, kind, size, channelNames, scale, unit, halo }: Axis): string {
  if (kind === 'channel' && channelNames.length > 0) return `${id}: ${channelNames.join(', ')}`
  const step =
    unit === null
      ? ''
      : `, ${scale} ${UNITS[unit] ?? unit} a ${kind === 'space' ? 'pixel' : 'step'}`
  const border = halo === 0 ? '' : `, halo ${halo}`
  return `${id}: ${sizeText(size)}${step}${border}`
}

/** Of the specification's long names, those that people write short. */
const UNITS: Readonly<Record<string, string>> = {
  nanometer: 'nm',
  micrometer: 'µm',
  millimeter: 'mm',
  second: 's',
  millisecond: 'ms',
}

function sizeText(size: Axis['size']): string {
  switch (size.kind) {
    case 'fixed':
      return String(size.size)
    case 'stepped':
      return size.step === 0 ? String(size.min) : `${size.min} + n · ${size.step}`
    case 'reference': {
      const { tensor, axis, offset } = size
      return `as ${tensor}.${axis}${offset === 0 ? '' : offset > 0 ? ` + ${offset}` : ` − ${-offset}`}`
    }
    case 'dependent':
      return size.max === null ? `${size.min} or more` : `${size.min} to ${size.max}`
    default:
      return assertNever(size)
  }
}

function stepText(step: ProcessingStep): string {
  switch (step.id) {
    case 'binarize':
      return `1 above ${numbers(step.threshold)}, else 0`
    case 'clip':
      return `clip to ${step.min ?? '−∞'} … ${step.max ?? '∞'}`
    case 'ensure_dtype':
      return `as ${step.dtype}`
    case 'scale_linear':
      return `times ${numbers(step.gain)}, plus ${numbers(step.offset)}`
    case 'sigmoid':
      return 'sigmoid'
    case 'softmax':
      return `softmax over ${step.axis}`
    case 'fixed_zero_mean_unit_variance':
      return `less ${numbers(step.mean)}, divided by ${numbers(step.std)}`
    case 'zero_mean_unit_variance':
      return `mean 0 and variance 1 ${over(step.axes)}`
    case 'scale_range': {
      const of = step.reference === null ? '' : ` of ${step.reference}`
      return `percentiles ${step.minPercentile} to ${step.maxPercentile}${of} to 0 … 1 ${over(step.axes)}`
    }
    case 'scale_mean_variance':
      return `mean and variance of ${step.reference} ${over(step.axes)}`
    case 'stardist_postprocessing':
      return `${step.rays} rays to objects, probability above ${step.probabilityThreshold}, overlap below ${step.overlapThreshold}, ${step.border} points from the border on`
    default:
      return assertNever(step)
  }
}

function over(axes: readonly string[] | null): string {
  return axes === null ? 'over all' : `over ${axes.join(', ')}`
}

function numbers(value: number | readonly number[]): string {
  return typeof value === 'number' ? String(value) : value.join(', ')
}
