import { augmentations, type Augmentation } from './augment.ts'
import type { Inference } from './inference-params.ts'

/** One time that a member sees a field. */
export interface Pass {
  /** Place in the ensemble. */
  readonly member: number
  readonly augmentation: Augmentation
  /** Which random masks; null for a pass with all units. */
  readonly dropout: number | null
}

/**
 * Every member sees the field in every augmentation, and each of those with as many dropout masks as are asked for.
 *
 * Masks are numbered through, so no two passes share one. Passes of a member come one after the other.
 * @param droppable which members have dropout masks as an input
 */
export function planPasses(
  droppable: readonly boolean[],
  { augment, dropout }: Pick<Inference, 'augment' | 'dropout'>,
): readonly Pass[] {
  const ways = augmentations(augment)
  let mask = 0
  return droppable.flatMap((drops, member): readonly Pass[] =>
    ways.flatMap((augmentation): readonly Pass[] =>
      drops && dropout.passes > 0
        ? Array.from({ length: dropout.passes }, () => ({ member, augmentation, dropout: mask++ }))
        : [{ member, augmentation, dropout: null }],
    ),
  )
}

/** The most passes that a recipe can ask for. */
export function mostPasses({ models, augment, dropout }: Inference): number {
  return models.length * augmentations(augment).length * Math.max(1, dropout.passes)
}
