import type { ModelDescription, TensorDescription } from './model-description.ts'
import { findingTask, spaceAxes } from './network-member.ts'
import { softmaxInto } from './predictive-sum.ts'
import type { NamedTensors, Tensor } from './tensor.ts'

/** What the outputs of a network that finds objects are. All are images [1, n, height, width]. */
export interface ReadOutputs {
  /** Probabilities of classes, 0…1; of one class the rest is background. */
  readonly probabilities: Tensor
  /**
   * What objects are drawn from beside classes, with the probability in front or behind, as the network has it:
   * StarDist's probability and rays, the two flows and the probability. Null for other tasks.
   */
  readonly directed: Tensor | null
  /** Null where the network exports none. */
  readonly features: Tensor | null
}

/**
 * Reads the outputs of a network by its task, with the postprocessing that its description names.
 *
 * Features are named by the description; of what is left, StarDist has its probability in the first channel and
 * the rays behind it (Schmidt et al. 2018), flow networks two flows and then the logit of the probability
 * (Stringer et al. 2021), in one output or in several in this order.
 *
 * @param outputs by id, [1, n, height, width]
 * @throws RangeError for a network that gives no image
 */
export function readOutputs(outputs: NamedTensors, description: ModelDescription): ReadOutputs {
  const { use } = description
  const images = description.outputs.filter(output => spaceAxes(output).length === 2)
  const features = images.find(({ id }) => id === use?.features) ?? null
  const rest = images.filter(output => output !== features)
  const [first] = rest
  if (first === undefined) throw new RangeError(`${description.id} gives no image`)
  const kept = { features: features === null ? null : outputs[features.id]! }
  const temperature = use?.temperature ?? 1
  switch (findingTask(description)) {
    case 'stardist': {
      const directed = stacked(rest.map(({ id }) => outputs[id]!))
      return { ...kept, probabilities: channelsOf(directed, 0, 1), directed }
    }
    case 'flows': {
      const directed = stacked(rest.map(({ id }) => outputs[id]!))
      const probabilities = channelsOf(directed, 2, 3)
      squash(probabilities.data, temperature)
      return { ...kept, probabilities, directed }
    }
    case 'instances-from-boundary':
    case 'semantic':
    case null: {
      const scores = outputs[first.id]!
      intoProbabilities(scores, first, temperature)
      return { ...kept, probabilities: scores, directed: null }
    }
  }
}

/** In place, of scores divided by the temperature; left alone where they are probabilities already. */
function intoProbabilities(
  { data, dims }: Tensor,
  { processing }: TensorDescription,
  temperature: number,
): void {
  if (processing.some(({ id }) => id === 'softmax')) softmaxInto(data, dims[1]!, temperature, data)
  else if (processing.some(({ id }) => id === 'sigmoid')) squash(data, temperature)
}

function squash(data: Float32Array, temperature: number): void {
  for (let i = 0; i < data.length; i += 1) data[i] = 1 / (1 + Math.exp(-data[i]! / temperature))
}

function stacked(tensors: readonly Tensor[]): Tensor {
  const [first] = tensors
  if (first === undefined || tensors.length === 1) return first!
  const [, , height, width] = first.dims
  const data = new Float32Array(tensors.reduce((sum, tensor) => sum + tensor.data.length, 0))
  let at = 0
  for (const tensor of tensors) {
    data.set(tensor.data, at)
    at += tensor.data.length
  }
  return { data, dims: [1, data.length / (height! * width!), height!, width!] }
}

function channelsOf({ data, dims }: Tensor, from: number, to: number): Tensor {
  const [, , height, width] = dims
  const size = height! * width!
  return { data: data.slice(from * size, to * size), dims: [1, to - from, height!, width!] }
}
