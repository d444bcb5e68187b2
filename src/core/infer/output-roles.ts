import type { ModelDescription, TensorDescription } from './model-description.ts'
import { spaceAxes } from './network-member.ts'
import { softmaxInto } from './predictive-sum.ts'
import type { Tensor } from './tensor.ts'

/** Which output of a network that finds objects is which. */
export interface OutputRoles {
  /** Classes of each pixel, or how probable an object is there. */
  readonly scores: TensorDescription
  /** Rays or flows. */
  readonly vectors: TensorDescription | null
  readonly features: TensorDescription | null
}

/**
 * The features are named by the description. Of what is left the first image is the scores and the second the
 * vectors, which StarDist and flow networks list in this order.
 *
 * @throws RangeError for a network that gives no image
 */
export function outputRoles({ id, use, outputs }: ModelDescription): OutputRoles {
  const images = outputs.filter(output => spaceAxes(output).length === 2)
  const features = images.find(output => output.id === use?.features) ?? null
  const [scores, vectors = null] = images.filter(output => output !== features)
  if (scores === undefined) throw new RangeError(`${id} gives no image`)
  const directed = use?.task === 'stardist' || use?.task === 'flows'
  return { scores, vectors: directed ? vectors : null, features }
}

/**
 * Turns scores into probabilities in place, as the description's postprocessing says: by a softmax over the classes
 * or a sigmoid, of scores divided by the temperature; left alone where they are probabilities already.
 */
export function probabilitiesInto(
  { data, dims }: Tensor,
  { processing }: TensorDescription,
  temperature: number,
): void {
  const classes = dims[1]!
  if (processing.some(({ id }) => id === 'softmax')) softmaxInto(data, classes, temperature, data)
  else if (processing.some(({ id }) => id === 'sigmoid')) {
    const inverse = 1 / temperature
    for (let i = 0; i < data.length; i += 1) data[i] = 1 / (1 + Math.exp(-data[i]! * inverse))
  }
}
