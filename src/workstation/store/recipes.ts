import type { Sha256 } from '#core/brand.ts'
import { all, first, write, type ReadableDb, type WritableDb } from './db.ts'

export interface KeptRecipe {
  readonly hash: Sha256
  readonly name: string
  readonly status: 'draft' | 'locked'
  /** When it was first kept, UTC. */
  readonly keptAt: string | null
  /** Why, where the trail says so. */
  readonly reason: string | null
}

/** Keeps a recipe under its hash; the same document twice is one row. */
export function keepRecipe(db: WritableDb, hash: Sha256, name: string, document: string): void {
  if (recipeDocument(db, hash) !== undefined) return
  write(db, 'INSERT INTO recipe (hash, name, document) VALUES (?, ?, ?)', hash, name, document)
}

/** Every recipe that was ever kept, as canonical JSON. */
export function recipeDocuments(
  db: ReadableDb,
): readonly { readonly hash: Sha256; readonly document: string }[] {
  return all(db, 'SELECT hash, document FROM recipe ORDER BY rowid')
}

/** The canonical JSON of a recipe. */
export function recipeDocument(db: ReadableDb, hash: string): string | undefined {
  return first<{ document: string }>(db, 'SELECT document FROM recipe WHERE hash = ?', hash)
    ?.document
}

/** Every recipe that was ever kept, the newest first; the trail says since when. */
export function listRecipes(db: ReadableDb): readonly KeptRecipe[] {
  return all<KeptRecipe>(
    db,
    `SELECT recipe.hash, recipe.name, json_extract(document, '$.status') AS status, since.at AS keptAt, since.reason
     FROM recipe
     LEFT JOIN (
       SELECT json_extract(newJson, '$.recipe') AS hash, min(at) AS at, reason
       FROM audit
       WHERE entity IN ('store', 'acquisition', 'recipe') AND newJson LIKE '%"recipe":%'
       GROUP BY 1
     ) AS since ON since.hash = recipe.hash
     ORDER BY keptAt DESC, recipe.rowid DESC`,
  )
}
