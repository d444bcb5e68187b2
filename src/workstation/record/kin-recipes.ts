import type { Sha256 } from '#core/brand.ts'
import { canonicalJson, type Json } from '#core/canonical.ts'
import { analysisPart, metricsPart, Recipe } from '#core/recipe.ts'
import type { ReadableDb } from '../store/db.ts'
import { recipeDocuments } from '../store/recipes.ts'
import { digestOfBytes } from './digest.ts'

/** Recipes that a store keeps and that agree with one of them in a part; that one is always among them. */
export interface KinRecipes {
  /** Those that measure planes alike. */
  readonly metrics: ReadonlySet<Sha256>
  /** Those that find the same objects in the same planes. */
  readonly analysis: ReadonlySet<Sha256>
}

export function kinRecipes(db: ReadableDb, recipe: Recipe): KinRecipes {
  const kept = recipeDocuments(db).flatMap(({ hash, document }) => {
    // One that was altered is kin of none.
    const parsed = digestOfBytes(document) === hash ? Recipe.safeParse(JSON.parse(document)) : null
    return parsed?.success === true ? [{ hash, recipe: parsed.data }] : []
  })
  const agreeing = (part: (of: Recipe) => Json): ReadonlySet<Sha256> => {
    const own = canonicalJson(part(recipe))
    const kin = kept.filter(other => canonicalJson(part(other.recipe)) === own)
    return new Set(kin.map(({ hash }) => hash))
  }
  return { metrics: agreeing(metricsPart), analysis: agreeing(analysisPart) }
}
