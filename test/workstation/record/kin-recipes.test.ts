import { expect, test } from 'vitest'
import { NUCLEI_FLUORESCENCE, recipeHash, recipeText, type Recipe } from '#core/recipe.ts'
import { kinRecipes } from '#workstation/record/kin-recipes.ts'
import type { WritableDb } from '#workstation/store/db.ts'
import { keepRecipe } from '#workstation/store/recipes.ts'
import { memoryDb } from '../../support/stores.ts'

const { quality } = NUCLEI_FLUORESCENCE
const STRICTER: Recipe = { ...NUCLEI_FLUORESCENCE, quality: { ...quality, rules: [] } }
const SEEDED: Recipe = { ...NUCLEI_FLUORESCENCE, seed: 7 }
const COARSER: Recipe = {
  ...NUCLEI_FLUORESCENCE,
  quality: { ...quality, metrics: { ...quality.metrics, foregroundSignificance: 9 } },
}

function keep(db: WritableDb, ...recipes: readonly Recipe[]): void {
  for (const recipe of recipes) {
    keepRecipe(db, recipeHash(recipe), recipe.name, recipeText(recipe))
  }
}

test('recipes are kin as far as they agree in what metrics and objects depend on', () => {
  const db = memoryDb()
  keep(db, NUCLEI_FLUORESCENCE, STRICTER, SEEDED, COARSER)
  const [own, stricter, seeded, coarser] = [NUCLEI_FLUORESCENCE, STRICTER, SEEDED, COARSER].map(
    recipeHash,
  )
  expect(kinRecipes(db, NUCLEI_FLUORESCENCE)).toEqual({
    metrics: new Set([own, stricter, seeded]),
    analysis: new Set([own, stricter]),
  })
  expect(kinRecipes(db, COARSER)).toEqual({
    metrics: new Set([coarser]),
    analysis: new Set([coarser]),
  })
})

test('a recipe whose text was altered is kin of none', () => {
  const db = memoryDb()
  keep(db, NUCLEI_FLUORESCENCE)
  keepRecipe(db, recipeHash(STRICTER), STRICTER.name, recipeText(NUCLEI_FLUORESCENCE))
  keepRecipe(db, recipeHash(SEEDED), SEEDED.name, 'not JSON')
  expect(kinRecipes(db, NUCLEI_FLUORESCENCE).metrics).toEqual(
    new Set([recipeHash(NUCLEI_FLUORESCENCE)]),
  )
})
