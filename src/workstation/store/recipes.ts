import type { Sha256 } from '#core/brand.ts'
import { first, write, type ReadableDb, type WritableDb } from './db.ts'

/** Keeps a recipe under its hash; the same document twice is one row. */
export function keepRecipe(db: WritableDb, hash: Sha256, name: string, document: string): void {
  if (recipeDocument(db, hash) !== undefined) return
  write(db, 'INSERT INTO recipe (hash, name, document) VALUES (?, ?, ?)', hash, name, document)
}

/** The canonical JSON of a recipe. */
export function recipeDocument(db: ReadableDb, hash: string): string | undefined {
  return first<{ document: string }>(db, 'SELECT document FROM recipe WHERE hash = ?', hash)
    ?.document
}
