import { existsSync, readFileSync } from 'node:fs'
import { fail, ok, type Result } from '#core/fault.ts'
import { NUCLEI_FLUORESCENCE, parseRecipe, type Recipe } from '#core/recipe.ts'
import { userPath } from './paths.ts'

/** Recipes that ship with Parfocal, by name. */
const SHIPPED: readonly Recipe[] = [NUCLEI_FLUORESCENCE]

/** The recipe that `--recipe` names: one that ships with Parfocal, or a JSON file. */
export function recipeFrom(option: string | undefined): Result<Recipe> {
  if (option === undefined) return ok(NUCLEI_FLUORESCENCE)
  const shipped = SHIPPED.find(({ name }) => name === option)
  if (shipped !== undefined) return ok(shipped)
  const path = userPath(option)
  if (!existsSync(path)) {
    const allowed = `${SHIPPED.map(({ name }) => name).join(', ')}, or a JSON file`
    return fail({ kind: 'bad-option', option: '--recipe', value: option, allowed })
  }
  let document: unknown
  try {
    document = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    const allowed = cause instanceof Error ? cause.message : 'JSON'
    return fail({ kind: 'recipe-invalid', path, field: 'document', value: 'not JSON', allowed })
  }
  return parseRecipe(document, path)
}
