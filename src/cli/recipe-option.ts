import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fail, ok, type Result } from '#core/fault.ts'
import { NUCLEI_FLUORESCENCE, parseRecipe, type Recipe } from '#core/recipe.ts'
import { userPath } from './paths.ts'

/** Recipes that ship with Parfocal, one JSON file each. */
const SHIPPED = fileURLToPath(new URL('../../resources/recipes/', import.meta.url))

/** The recipe that `--recipe` names: one that ships with Parfocal, or a JSON file. */
export function recipeFrom(option: string | undefined): Result<Recipe> {
  if (option === undefined) return ok(NUCLEI_FLUORESCENCE)
  const names = readdirSync(SHIPPED).map(file => file.replace(/\.json$/, ''))
  const path = names.includes(option) ? join(SHIPPED, `${option}.json`) : userPath(option)
  if (!existsSync(path)) {
    const allowed = `${names.join(', ')}, or a JSON file`
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
