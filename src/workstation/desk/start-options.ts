import { z } from 'zod'
import { fail, ok, type Result } from '#core/fault.ts'
import { parseRecipe } from '#core/recipe.ts'
import type { DeskOptions } from './desk.ts'

/** What Parfocal was started with, where that is not on the command line of the process itself. */
export type StartOptions = Pick<DeskOptions, 'storeFolder' | 'folders' | 'simulate' | 'recipe'>

/** Carries the options from the command line to Electron's main process. */
export const START_VARIABLE = 'PARFOCAL_START'

const Document = z.object({
  storeFolder: z.string(),
  folders: z.array(z.string()),
  simulate: z.boolean(),
  recipe: z.unknown(),
})

export function writeStartOptions(options: StartOptions): string {
  return JSON.stringify(options)
}

/** What the command line said; null where Parfocal was started without it. */
export function readStartOptions(text: string | undefined): Result<StartOptions | null> {
  if (text === undefined) return ok(null)
  const parsed = Document.safeParse(jsonOf(text))
  if (!parsed.success) {
    const allowed = 'what "parfocal start" writes there'
    return fail({ kind: 'bad-option', option: START_VARIABLE, value: text, allowed })
  }
  if (parsed.data.recipe === null) return ok({ ...parsed.data, recipe: null })
  const recipe = parseRecipe(parsed.data.recipe, START_VARIABLE)
  return recipe.ok ? ok({ ...parsed.data, recipe: recipe.value }) : recipe
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
