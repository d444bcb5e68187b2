/** Logits of classes that are linear functions of a vector: weights · vector + intercept. */
export interface LinearScores {
  readonly weights: readonly Float64Array[]
  readonly intercepts: Float64Array
}

/** Logits of a vector, up to what all classes share. */
export function logitsOf(
  { weights, intercepts }: LinearScores,
  vector: ArrayLike<number>,
): Float64Array {
  return intercepts.map((intercept, k) => {
    let sum = intercept
    for (const [i, weight] of weights[k]!.entries()) sum += weight * vector[i]!
    return sum
  })
}

/** How much more speaks for a class than for the others in the mean; the logit itself where there are no others. */
export function contrastOf(logits: ArrayLike<number>, ofClass: number): number {
  if (logits.length === 1) return logits[0]!
  let others = 0
  for (let k = 0; k < logits.length; k += 1) if (k !== ofClass) others += logits[k]!
  return logits[ofClass]! - others / (logits.length - 1)
}

/** The derivative of `contrastOf` by the vector. */
export function contrastWeights({ weights }: LinearScores, ofClass: number): Float64Array {
  const own = weights[ofClass]!
  return own.map((_, i) =>
    contrastOf(
      weights.map(row => row[i]!),
      ofClass,
    ),
  )
}
