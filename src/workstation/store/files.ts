import { sep } from 'node:path'
import { first, type ReadableDb } from './db.ts'

/** Whether the store knows of any file in a folder or below it. */
export function holdsFilesBelow(db: ReadableDb, folder: string): boolean {
  const sql = 'SELECT 1 FROM file WHERE path >= ? AND path < ? LIMIT 1'
  return first(db, sql, ...pathsBelow(folder)) !== undefined
}

/** Whether the store knows of any file that is not in this folder or below it. */
export function holdsFilesElsewhere(db: ReadableDb, folder: string): boolean {
  const sql = 'SELECT 1 FROM file WHERE path < ? OR path >= ? LIMIT 1'
  return first(db, sql, ...pathsBelow(folder)) !== undefined
}

/** Every text that begins so lies between these two; the last character that there is ends the range. */
function pathsBelow(folder: string): readonly [from: string, to: string] {
  const begin = `${folder}${sep}`
  return [begin, `${begin}\u{10FFFF}`]
}
