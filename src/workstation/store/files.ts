import { sep } from 'node:path'
import { first, type ReadableDb } from './db.ts'

/** Whether the store knows of any file in a folder or below it. */
export function holdsFilesBelow(db: ReadableDb, folder: string): boolean {
  const begin = `${folder}${sep}`
  // Every text that begins so lies between these two; the last character that there is ends the range.
  const sql = 'SELECT 1 FROM file WHERE path >= ? AND path < ? LIMIT 1'
  return first(db, sql, begin, `${begin}\u{10FFFF}`) !== undefined
}
