import type { ModelDescription } from './model-description.ts'
import { describingOutputs } from './describing-network.ts'
import type { LinearScores } from './linear-scores.ts'

/** Whether a network gives logits, by the postprocessing that its description names; else it gives probabilities. */
type Scale = 'softmax' | 'sigmoid' | 'none'

/**
 * Classes of one image from the vector that a classifier gave, divided by its temperature: by a softmax where the
 * description says so; by a sigmoid of each, brought to a sum of 1; else as they are. They sum to 1.
 *
 * Of a single number the second class is what is left: see `classNames`.
 */
export function classProbabilities(
  vector: ArrayLike<number>,
  description: ModelDescription,
): Float64Array {
  const logits = classLogits(vector, description)
  const largest = Math.max(...logits)
  const weights = logits.map(logit => Math.exp(logit - largest))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map(weight => weight / sum)
}

/** Their logits, up to what all classes share: logarithms where the network gives probabilities. */
export function classLogits(
  vector: ArrayLike<number>,
  description: ModelDescription,
): Float64Array {
  const values = Float64Array.from(vector)
  const inverse = 1 / (description.use?.temperature ?? 1)
  switch (scaleOf(description)) {
    case 'softmax':
      return values.map(value => value * inverse)
    case 'sigmoid':
      if (values.length === 1) return Float64Array.of(values[0]! * inverse, 0)
      return values.map(value => -Math.log1p(Math.exp(-value * inverse)))
    case 'none':
      if (values.length === 1) return Float64Array.of(logOf(values[0]!), logOf(1 - values[0]!))
      return values.map(logOf)
  }
}

/** The logits as linear functions of the vector; null where they are not linear. */
export function linearLogits(description: ModelDescription): LinearScores | null {
  const inverse = 1 / (description.use?.temperature ?? 1)
  const count = description.use?.classes.length ?? 0
  const scale = scaleOf(description)
  if (scale === 'sigmoid' && count === 1) {
    return {
      weights: [Float64Array.of(inverse), Float64Array.of(0)],
      intercepts: Float64Array.of(0, 0),
    }
  }
  if (scale !== 'softmax') return null
  const weights = Array.from({ length: count }, (_, k) => {
    const row = new Float64Array(count)
    row[k] = inverse
    return row
  })
  return { weights, intercepts: new Float64Array(count) }
}

function scaleOf(description: ModelDescription): Scale {
  const { processing } = describingOutputs(description).vector
  if (processing.some(({ id }) => id === 'softmax')) return 'softmax'
  return processing.some(({ id }) => id === 'sigmoid') ? 'sigmoid' : 'none'
}

/** Rounding puts a probability of nothing here. */
const LEAST = 1e-12

function logOf(probability: number): number {
  return Math.log(Math.max(LEAST, probability))
}
