/** Limits beyond which a person looks at a prediction before it is used; the recipe's `abstain`. */
export interface AbstentionLimits {
  /** Uncertainty of the field up to which it is used, 0 to 1. */
  readonly uncertainty: number
  /** Novelty up to which it is used, 0 to 1. */
  readonly novelty: number
  /** Up to this share of objects may score less than `score`, both 0 to 1; left out, objects are not judged. */
  readonly objects?: { readonly score: number; readonly share: number } | undefined
}

export interface FieldToJudge {
  /** From `fieldUncertainty`, 0 to 1. */
  readonly uncertainty: number
  /** From `noveltyOf`, 0 to 1; null where the network cannot say. */
  readonly novelty: number | null
  /** Scores of the objects, 0 to 1. */
  readonly objectScores: Float32Array
}

export interface AbstentionReason {
  readonly kind: 'field-uncertain' | 'field-novel' | 'objects-uncertain'
  readonly value: number
  readonly limit: number
}

export interface Abstention {
  readonly decision: 'use' | 'review'
  /** Empty for `use`. */
  readonly reasons: readonly AbstentionReason[]
}

/** Whether to use what was predicted of a field; a value at its limit is used, one that is no number is not. */
export function abstain(
  { uncertainty, novelty, objectScores }: FieldToJudge,
  limits: AbstentionLimits,
): Abstention {
  const reasons: AbstentionReason[] = []
  if (!(uncertainty <= limits.uncertainty)) {
    reasons.push({ kind: 'field-uncertain', value: uncertainty, limit: limits.uncertainty })
  }
  if (novelty !== null && !(novelty <= limits.novelty)) {
    reasons.push({ kind: 'field-novel', value: novelty, limit: limits.novelty })
  }
  if (limits.objects !== undefined) {
    const { score, share } = limits.objects
    const uncertain = shareBelow(objectScores, score)
    if (!(uncertain <= share)) {
      reasons.push({ kind: 'objects-uncertain', value: uncertain, limit: share })
    }
  }
  return { decision: reasons.length === 0 ? 'use' : 'review', reasons }
}

/** 0 for a field without objects. */
function shareBelow(scores: Float32Array, limit: number): number {
  let below = 0
  for (const score of scores) if (!(score >= limit)) below += 1
  return scores.length === 0 ? 0 : below / scores.length
}
