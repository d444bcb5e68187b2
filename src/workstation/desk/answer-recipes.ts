import type { ParfocalApi } from '#contract/index.ts'
import type { RecipeVersion } from '#contract/quality.ts'
import { fail, ok, type Result } from '#core/fault.ts'
import { parseRecipe, recipeHash, type Recipe } from '#core/recipe.ts'
import type { Recorder } from '../record/recorder.ts'
import type { ReadableDb } from '../store/db.ts'
import { listRecipes, recipeDocument } from '../store/recipes.ts'

/** A store and the recipe in use, which changes. */
export interface WorkedBy {
  readonly store: { readonly db: ReadableDb }
  readonly recorder: Pick<Recorder, 'recipe' | 'recipeHash'>
}

export type RecipeAnswers = Pick<ParfocalApi, 'recipes.list' | 'recipes.succeed' | 'recipes.use'>

/** Keeps a recipe, works by it from now on and writes down why; planes that it has not judged are judged again. */
export type UseRecipe = (recipe: Recipe, reason: string) => Result<unknown>

export function recipeAnswers(workstation: WorkedBy, useRecipe: UseRecipe): RecipeAnswers {
  const { db } = workstation.store

  /** Works by a recipe; what the disk says is a fault that the window explains, all else is a mistake. */
  function use(recipe: Recipe, reason: string) {
    const used = useRecipe(recipe, reason)
    if (used.ok) return ok(recipeVersion(workstation, recipe))
    const { fault } = used
    if (fault.kind === 'disk-full' || fault.kind === 'store-not-writable') return fail(fault)
    throw new Error(`The recipe could not be used: ${fault.kind}`)
  }

  return {
    async 'recipes.list'() {
      const { recipeHash: used } = workstation.recorder
      return ok(listRecipes(db).map(kept => ({ ...kept, inUse: kept.hash === used })))
    },

    async 'recipes.succeed'({ quality, reason }) {
      // What changed an established recipe is not established yet.
      const { recipe } = workstation.recorder
      return use({ ...recipe, status: 'draft', quality }, reason)
    },

    async 'recipes.use'({ hash, reason }) {
      const document = recipeDocument(db, hash)
      if (document === undefined) return fail({ kind: 'recipe-not-found', hash })
      return use(recipeIn(document), reason)
    },
  }
}

/** A recipe as the window names it. */
export function recipeVersion(workstation: WorkedBy, recipe: Recipe): RecipeVersion {
  const hash = recipeHash(recipe)
  const { name, status } = recipe
  const kept = listRecipes(workstation.store.db).find(known => known.hash === hash)
  const { keptAt = null, reason = null } = kept ?? {}
  return { hash, name, status, keptAt, reason, inUse: hash === workstation.recorder.recipeHash }
}

/** A recipe that the store kept was valid when it was. */
function recipeIn(document: string): Recipe {
  const parsed = parseRecipe(JSON.parse(document), 'store')
  if (!parsed.ok) throw new Error(`A kept recipe makes no sense: ${JSON.stringify(parsed.fault)}`)
  return parsed.value
}
