import Database from 'better-sqlite3'
import { join } from 'node:path'

/** Rows of a store that another process writes to. */
export function openForReading(store: string): {
  readonly all: (sql: string) => unknown[]
  readonly close: () => void
} {
  const db = new Database(join(store, 'parfocal.sqlite'), { readonly: true })
  return { all: sql => db.prepare(sql).all(), close: () => void db.close() }
}
