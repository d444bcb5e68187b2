import type { Result } from '#core/fault.ts'
import type { Axis, ModelDescription, TensorDescription } from '#core/infer/model-description.ts'
import { leastSize } from './check-tensors.ts'
import { attempt, invalid, type PackageFault } from './objection.ts'
import type { OnnxValue } from './onnx-value.ts'
import type { OnnxSummary } from './scan-onnx.ts'

/** Which tensor of a description is which of the network, and what the two do not agree on. */
export interface NetworkBinding {
  readonly inputs: readonly TensorBinding[]
  readonly outputs: readonly TensorBinding[]
  /** Inputs that the description does not have but `use` names: the dropout masks. */
  readonly extraInputs: readonly OnnxValue[]
  /** For people; none of it changes a number. */
  readonly remarks: readonly string[]
}

export interface TensorBinding {
  /** Id in the description. */
  readonly tensor: string
  /** Name and shape in the network. */
  readonly value: OnnxValue
}

type DescribedTensors = Pick<ModelDescription, 'inputs' | 'outputs' | 'use'> & {
  readonly weights: Pick<ModelDescription['weights'], 'opset'>
}

/**
 * Finds the tensors of a description in the network: by name where all names are the network's own, else by
 * position, as the Model Zoo's own software does. Ranks, and sizes that both state, have to agree.
 */
export function bindNetwork(
  summary: OnnxSummary,
  description: DescribedTensors,
  path = '',
): Result<NetworkBinding, PackageFault> {
  return attempt(path, () => {
    const { use, inputs, outputs } = description
    const mask = use?.dropout?.input ?? null
    const described = new Set(inputs.map(({ id }) => id))
    const isExtra = ({ name }: OnnxValue): boolean => name === mask && !described.has(name)
    const tensors = [...inputs, ...outputs]
    const bound = {
      inputs: pair(
        'input',
        inputs,
        summary.inputs.filter(value => !isExtra(value)),
      ),
      outputs: pair('output', outputs, summary.outputs),
    }
    inputs.forEach((tensor, i) => checkShape(tensor, bound.inputs[i]!, tensors))
    outputs.forEach((tensor, i) => checkShape(tensor, bound.outputs[i]!, tensors))
    requireNamed(mask, 'dropout.input', summary.inputs)
    requireNamed(use?.features ?? null, 'features', summary.outputs)
    return {
      ...bound,
      extraInputs: summary.inputs.filter(isExtra),
      remarks: remarksOn(summary, description),
    }
  })
}

function pair(
  side: 'input' | 'output',
  tensors: readonly TensorDescription[],
  values: readonly OnnxValue[],
): readonly TensorBinding[] {
  const named = tensors.map(({ id }) => values.find(({ name }) => name === id))
  const byName = named.every(value => value !== undefined)
  // Outputs that nobody asks for are free; an input that nobody gives stops the network.
  const needed =
    side === 'input' ? values.length === tensors.length : values.length >= tensors.length
  if (!needed) {
    const there = values.map(({ name }) => name).join(', ')
    const wanted = tensors.map(({ id }) => id).join(', ')
    invalid(`the network has the ${side}s ${there || 'none'}; the description has ${wanted}`)
  }
  return tensors.map(({ id }, i) => ({ tensor: id, value: byName ? named[i]! : values[i]! }))
}

function checkShape(
  tensor: TensorDescription,
  { value }: TensorBinding,
  tensors: readonly TensorDescription[],
): void {
  const { dims, name } = value
  // StarDist's decoding turns rays on a grid into a label image: the description is of the latter.
  const decoded = tensor.processing.some(({ id }) => id === 'stardist_postprocessing')
  if (dims === null || decoded) return
  if (dims.length !== tensor.axes.length) {
    const axes = tensor.axes.map(({ id }) => id).join(', ')
    invalid(`${tensor.id} has the axes ${axes}; ${name} of the network has ${dims.length}`)
  }
  tensor.axes.forEach((axis, i) => {
    const dim = dims[i]
    if (typeof dim === 'number' && !fits(dim, axis, tensors)) {
      invalid(
        `${tensor.id}.${axis.id} is ${sizeText(axis, tensors)}; the network takes ${dim} only`,
      )
    }
  })
}

/** A network made for one image at a time still serves a batch, one by one. */
function fits(dim: number, axis: Axis, tensors: readonly TensorDescription[]): boolean {
  if (axis.kind === 'batch') return dim >= 1
  const { size } = axis
  if (size.kind === 'fixed') return dim === size.size
  if (size.kind === 'stepped') return false
  if (size.kind === 'dependent') return dim >= size.min && dim <= (size.max ?? Infinity)
  const source = tensors
    .find(({ id }) => id === size.tensor)
    ?.axes.find(({ id }) => id === size.axis)
  return source?.size.kind !== 'fixed' || dim === leastSize(axis, tensors)
}

function sizeText(axis: Axis, tensors: readonly TensorDescription[]): string {
  const { size } = axis
  if (size.kind === 'stepped') return `${size.min} + n · ${size.step}`
  if (size.kind === 'dependent') return `${size.min} to ${size.max ?? 'any size'}`
  return String(leastSize(axis, tensors))
}

function requireNamed(name: string | null, field: string, values: readonly OnnxValue[]): void {
  if (name === null || values.some(value => value.name === name)) return
  const there = values.map(value => value.name).join(', ')
  invalid(`config.parfocal.${field} is "${name}"; allowed: one of ${there}`)
}

function remarksOn(summary: OnnxSummary, { weights }: DescribedTensors): readonly string[] {
  const { version } = summary.opsets.find(
    ({ domain }) => domain === '' || domain === 'ai.onnx',
  ) ?? { version: weights.opset }
  const stochastic = summary.stochastic.join(', ')
  return [
    ...(version === weights.opset
      ? []
      : [`the description states opset ${weights.opset}, the network has ${version}`]),
    ...(stochastic === '' ? [] : [`draws random numbers of its own: ${stochastic}`]),
  ]
}
