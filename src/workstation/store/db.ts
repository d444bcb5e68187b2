import type Database from 'better-sqlite3'

type Connection = InstanceType<typeof Database>

declare const access: unique symbol

/** A connection that may be asked. */
export type ReadableDb = Connection & { readonly [access]?: 'read' | 'write' }

/** A connection that may be written to; holding one means holding the store. */
export type WritableDb = Connection & { readonly [access]: 'write' }

/** Runs `work` as one transaction that takes the write lock at once; all of it happens or none. */
export function transaction<T>(db: WritableDb, work: () => T): T {
  return db.transaction(work).immediate()
}

/** Rows in, rows out: what a statement gives, typed where the SQL is. */
export function all<Row>(db: ReadableDb, sql: string, ...bind: unknown[]): readonly Row[] {
  return db.prepare<unknown[], Row>(sql).all(...bind)
}

/** The first row, or undefined. */
export function first<Row>(db: ReadableDb, sql: string, ...bind: unknown[]): Row | undefined {
  return db.prepare<unknown[], Row>(sql).get(...bind)
}
