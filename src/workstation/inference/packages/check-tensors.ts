import type { Axis, TensorDescription } from '#core/infer/model-description.ts'
import type { ProcessingStep } from '#core/infer/processing-step.ts'
import { invalid } from './objection.ts'

interface Tensors {
  readonly inputs: readonly TensorDescription[]
  readonly outputs: readonly TensorDescription[]
}

/**
 * What the specification demands of tensors together: ids that occur once, references to an axis that
 * has a size of its own, halos that leave something, steps that name what is there.
 */
export function checkTensors({ inputs, outputs }: Tensors): void {
  const tensors = [...inputs, ...outputs]
  refuseRepeated(
    'inputs and outputs',
    tensors.map(tensor => tensor.id),
    'a tensor id',
  )
  inputs.forEach((tensor, i) => checkTensor(tensor, `inputs[${i}]`, inputs, inputs))
  outputs.forEach((tensor, i) => checkTensor(tensor, `outputs[${i}]`, tensors, inputs))
}

/** Smallest size that an axis may have; references are resolved through `tensors`. */
export function leastSize(axis: Axis, tensors: readonly TensorDescription[]): number {
  const { size } = axis
  if (size.kind === 'fixed') return size.size
  if (size.kind !== 'reference') return size.min
  const other = axisOf(tensors, size.tensor, size.axis)
  if (other === undefined || other.size.kind === 'reference') return Number.NaN
  return Math.floor((leastSize(other, tensors) * other.scale) / axis.scale + size.offset)
}

function checkTensor(
  tensor: TensorDescription,
  path: string,
  sources: readonly TensorDescription[],
  inputs: readonly TensorDescription[],
): void {
  const ids = tensor.axes.map(axis => axis.id)
  refuseRepeated(`${path}.axes`, ids, 'an axis id')
  tensor.axes.forEach((axis, i) => {
    checkSize(axis, tensor, `${path}.axes[${i}]`, sources)
  })
  for (const step of tensor.processing) checkStep(step, tensor, path, inputs)
}

function checkSize(
  axis: Axis,
  tensor: TensorDescription,
  path: string,
  sources: readonly TensorDescription[],
): void {
  const { size } = axis
  if (size.kind !== 'reference') return
  const target = `${size.tensor}.${size.axis}`
  if (size.tensor === tensor.id && size.axis === axis.id) {
    invalid(`${path}.size refers to itself, ${target}; allowed: an axis of its own size`)
  }
  const other = axisOf(sources, size.tensor, size.axis)
  if (other === undefined || other.kind === 'batch') {
    const known = sources.flatMap(({ id, axes }) =>
      axes.filter(({ kind }) => kind !== 'batch').map(candidate => `${id}.${candidate.id}`),
    )
    return invalid(`${path}.size refers to ${target}; allowed: one of ${known.join(', ')}`)
  }
  if (other.size.kind === 'reference' || other.size.kind === 'dependent') {
    invalid(
      `${path}.size refers to ${target}; allowed: an axis whose own size is fixed or {min, step}`,
    )
  }
  if (other.unit !== axis.unit) {
    invalid(
      `${path}.unit is ${axis.unit ?? 'missing'}; allowed: ${other.unit ?? 'none'}, as of ${target}`,
    )
  }
  const least = leastSize(axis, sources)
  if (!(least - 2 * axis.halo >= 1)) {
    invalid(
      `${path}.halo is ${axis.halo} at a smallest size of ${least}; allowed: less than half of it`,
    )
  }
  const haloThere = (axis.halo * axis.scale) / other.scale
  if (Math.abs(haloThere - Math.round(haloThere)) > 1e-9) {
    invalid(`${path}.halo is ${axis.halo}; allowed: whole pixels of ${target}, here ${haloThere}`)
  }
}

function checkStep(
  step: ProcessingStep,
  tensor: TensorDescription,
  path: string,
  inputs: readonly TensorDescription[],
): void {
  const ids = tensor.axes.map(axis => axis.id)
  const named = 'axes' in step ? (step.axes ?? []) : 'axis' in step ? [step.axis ?? []].flat() : []
  const strange = named.find(id => !ids.includes(id))
  if (strange !== undefined) {
    invalid(`${path}: ${step.id} names the axis ${strange}; allowed: one of ${ids.join(', ')}`)
  }
  const reference = 'reference' in step ? step.reference : null
  if (reference !== null && !inputs.some(({ id }) => id === reference)) {
    const known = inputs.map(({ id }) => id).join(', ')
    invalid(`${path}: ${step.id} refers to the tensor ${reference}; allowed: one of ${known}`)
  }
  const values = listedValues(step)
  const axis = tensor.axes.find(({ id }) => id === named[0])
  if (values > 1 && axis?.size.kind === 'fixed' && axis.size.size !== values) {
    invalid(`${path}: ${step.id} has ${values} values for ${axis.size.size} places of ${axis.id}`)
  }
}

function listedValues(step: ProcessingStep): number {
  const lists =
    step.id === 'binarize'
      ? [step.threshold]
      : step.id === 'scale_linear'
        ? [step.gain, step.offset]
        : step.id === 'fixed_zero_mean_unit_variance'
          ? [step.mean, step.std]
          : []
  return Math.max(0, ...lists.map(list => (typeof list === 'number' ? 0 : list.length)))
}

function axisOf(
  tensors: readonly TensorDescription[],
  tensor: string,
  axis: string,
): Axis | undefined {
  return tensors.find(({ id }) => id === tensor)?.axes.find(({ id }) => id === axis)
}

function refuseRepeated(path: string, ids: readonly string[], what: string): void {
  const repeated = ids.find((id, i) => ids.indexOf(id) !== i)
  if (repeated !== undefined) {
    invalid(`${path} use "${repeated}" twice; allowed: ${what} only once`)
  }
}
