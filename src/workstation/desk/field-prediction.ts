import type { Prediction } from '#contract/fields.ts'
import { PREDICTION_MAPS } from '#contract/pixels.ts'
import type { FieldId } from '#core/brand.ts'
import type { Recipe } from '#core/recipe.ts'
import { doubtsOf, type DoubtLimits } from '#core/review/doubt.ts'
import { recordedPrediction } from '../record/recorded-prediction.ts'
import { activitiesOfField } from '../store/activities.ts'
import type { ReadableDb } from '../store/db.ts'
import { newestPrediction } from '../store/doubted-fields.ts'
import type { Workstation } from '../workstation.ts'

/** The recipe in use. */
export interface InUse {
  readonly recorder: Pick<Workstation['recorder'], 'recipe' | 'recipeHash'>
}

/** What the networks of the recipe in use said of a field; null where they have not looked at it. */
export function fieldPrediction(
  db: ReadableDb,
  { recipe, recipeHash }: InUse['recorder'],
  fieldId: FieldId,
): Prediction | null {
  const record = newestPrediction(db, fieldId, recipeHash)
  const activity = activitiesOfField(db, fieldId).find(({ id }) => id === record)
  const said = activity === undefined ? null : recordedPrediction(db, activity)
  if (activity === undefined || said === null) return null
  const { served, uncertainty, novelty, components, decision, passes } = said
  const { networks, provider, threads, runtime, fellBack } = served
  const limits = doubtLimits(recipe)
  const kept = new Set<string>(said.maps.map(({ kind }) => kind))
  return {
    record: activity.id,
    networks: networks.map(({ id, version, weights }) => ({ id, version, weights })),
    ...{ provider, threads, runtime, fellBack, passes, uncertainty, novelty, decision, limits },
    components: { ...components },
    doubts: [...doubtsOf(said, limits)],
    maps: PREDICTION_MAPS.filter(kind => kept.has(kind)),
  }
}

export function doubtLimits({ infer }: Pick<Recipe, 'infer'>): DoubtLimits {
  const { uncertainty = null, novelty = null } = infer?.abstain ?? {}
  return { uncertainty, novelty }
}
